import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { journal, memberships, operations, schools, students, users } from '../../../db/schema/index.ts'
import { findDemoSchool } from '../../../server/demo/fill.ts'
import { verifySchool } from '../../../server/journal/verify.ts'
import type { Person } from '../../../server/trpc.ts'
import { reasonOf } from '../../setup/answers.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'

let owner: Person
let administrator: Person
beforeAll(async () => {
  const school = await makeSchool()
  owner = await makePerson(school, 'administrator')
  administrator = await makePerson(school, 'administrator')
  await db.transaction(noSchool, (tx) => tx.update(users).set({ isOwner: true }).where(eq(users.id, owner.userId)))
})
afterAll(() => db.close())

const rowOf = async (slug: string) => {
  const [row] = await db.select().from(schools).where(eq(schools.slug, slug))
  if (!row) throw new Error(`no school at ${slug}`)
  return row
}
/** The person in that school, as the next request finds her. */
const inSchool = async (person: Person, slug: string): Promise<Person> => ({
  ...person,
  memberships: [{ school: await rowOf(slug), role: 'administrator', instructorId: null }],
})

test('an owner gets one school of made-up people, however often and from however many pages she asks', async () => {
  const key = newId()
  const [first, beside] = await Promise.all([as(owner, { key }).demo.create({}), as(owner).demo.create({})])
  expect(beside).toEqual(first)
  expect(await as(owner, { key }).demo.create({})).toEqual(first)
  expect(await as(owner).demo.create({})).toEqual(first)
  const school = await rowOf(first.slug)
  expect(school.isDemo).toBe(true)
  expect(await db.$count(students, eq(students.schoolId, school.id))).toBe(240)
  const [operation] = await db.select().from(operations).where(eq(operations.schoolId, school.id))
  expect(operation).toMatchObject({ actorId: owner.userId, procedure: 'demo.create', way: 'screen' })
  const members = await db.select().from(memberships).where(eq(memberships.schoolId, school.id))
  expect(members.map(({ userId }) => userId)).toEqual([owner.userId])
  expect(await verifySchool(db, school)).toMatchObject({ broken: null })
})

test('the school as a whole is not undone, nor the register’s own school taken for a demo', async () => {
  const { slug } = await as(owner).demo.create({})
  const inDemo = await inSchool(owner, slug)
  const [made] = await db
    .select()
    .from(operations)
    .where(eq(operations.schoolId, (await rowOf(slug)).id))
  expect(await reasonOf(as(inDemo).journal.undo({ operationId: made?.id ?? '' }))).toBe('undo.rights')
  expect((await rowOf(slug)).archivedAt).toBeNull()
  expect(await reasonOf(as(owner).demo.end({}))).toBe('demo.none')
})

test('whoever does not own the register neither makes one nor ends it', async () => {
  expect(await reasonOf(as(administrator).demo.create({}))).toBe('owner.only')
  const { slug } = await as(owner).demo.create({})
  const school = await rowOf(slug)
  const row = { schoolId: school.id, id: newId(), userId: administrator.userId, role: 'administrator' as const }
  await db.transaction(school.id, (tx) => tx.insert(memberships).values(row))
  expect(await reasonOf(as(await inSchool(administrator, slug)).demo.end({}))).toBe('owner.only')
})

test('what waited while the school was removed is not done any more', async () => {
  const { slug } = await as(owner).demo.create({})
  const inDemo = await inSchool(owner, slug)
  const endings = await Promise.allSettled([as(inDemo).demo.end({}), as(inDemo).demo.end({}), as(inDemo).demo.end({})])
  expect(endings.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected'])
  expect(await reasonOf(as(inDemo).rooms.create({ name: 'Too late' }))).toBe('permission.changed')
  const archivings = await db.$count(
    operations,
    and(eq(operations.schoolId, (await rowOf(slug)).id), eq(operations.procedure, 'demo.end')),
  )
  expect(archivings).toBe(1)
})

test('an owner does not remove the only school that she belongs to', async () => {
  const gone = await makeSchool('Gone')
  const lone = await makePerson(gone, 'administrator')
  await db.transaction(noSchool, async (tx) => {
    await tx.update(users).set({ isOwner: true }).where(eq(users.id, lone.userId))
    await tx.update(schools).set({ archivedAt: new Date() }).where(eq(schools.id, gone.id))
  })
  const { slug } = await as(owner).demo.create({})
  expect(await reasonOf(as(await inSchool(lone, slug)).demo.end({}))).toBe('demo.only')
  expect((await rowOf(slug)).archivedAt).toBeNull()
})

test('a removed demo school is nobody’s any more, its journal says who removed it, and a new one can be made', async () => {
  const { slug } = await as(owner).demo.create({})
  const inDemo = await inSchool(owner, slug)
  await as(inDemo).demo.end({})
  const school = await rowOf(slug)
  expect(school.archivedAt).not.toBeNull()
  expect(await findDemoSchool(db)).toBeUndefined()
  const told = await db.select().from(journal).where(eq(journal.schoolId, school.id)).orderBy(journal.number)
  expect(told.at(-1)).toMatchObject({ entity: 'school', fields: ['archivedAt'] })
  expect((await as(owner).demo.create({})).slug).not.toBe(slug)
})
