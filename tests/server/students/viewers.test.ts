import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { classInstructors, memberships } from '../../../db/schema/index.ts'
import { roles } from '../../../db/values.ts'
import type { School } from '../../../server/context.ts'
import type { Person } from '../../../server/trpc.ts'
import { as, db, makePerson, makeSchool, now, writeInSchool } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'

let school: School
let hers: Awaited<ReturnType<typeof makeRecords>>
let others: typeof hers
const people = new Map<string, Person>()

beforeAll(async () => {
  school = await makeSchool()
  for (const role of roles) people.set(role, await makePerson(school, role))
  hers = await makeRecords(school, 'Hers')
  others = await makeRecords(school, 'Others')
  people.set('her instructor', await makePerson(school, 'instructor', hers.instructorId))
  people.set('another instructor', await makePerson(school, 'instructor', others.instructorId))
})
afterAll(() => db.close())

const person = (name: string) => people.get(name) as Person
const viewersOf = async (studentId: string, by = 'registrar') => as(person(by)).students.viewers({ id: studentId })
const nameOf = async (id: string) => {
  const [row] = await db.select({ userId: memberships.userId }).from(memberships).where(eq(memberships.id, id))
  return [...people].find(([, { userId }]) => userId === row?.userId)?.[0]
}
const namesOf = async (studentId: string) => {
  const names = await Promise.all((await viewersOf(studentId)).map(({ id }) => nameOf(id)))
  return names.toSorted()
}

test('named are exactly those whom the student’s page opens for', async () => {
  for (const { studentId } of [hers, others]) {
    const opens: string[] = []
    for (const [name, one] of people)
      await as(one)
        .students.get({ id: studentId })
        .then(
          () => opens.push(name),
          () => undefined,
        )
    expect(await namesOf(studentId)).toEqual(opens.toSorted())
  }
})

test('it says through which class an instructor sees her, and who sees what of her', async () => {
  const viewers = await viewersOf(hers.studentId)
  const told = await Promise.all(viewers.map(async ({ id, ...viewer }) => ({ who: await nameOf(id), ...viewer })))
  const of = (who: string) => told.find((one) => one.who === who)
  expect(of('her instructor')).toMatchObject({
    classes: [{ id: hers.classId, title: 'Hers' }],
    seesPrivate: false,
    seesAlerts: true,
    seesGuardians: false,
  })
  expect(of('viewer')).toMatchObject({ classes: [], seesPrivate: false, seesAlerts: false })
  expect(of('registrar')).toMatchObject({ seesPrivate: true, seesAlerts: true, seesGuardians: true })
})

test('an instructor who joins or leaves her class appears and goes, and so does a removed member', async () => {
  const id = newId()
  await writeInSchool(school.id, async (tx) => {
    await tx
      .insert(classInstructors)
      .values({ schoolId: school.id, id, classId: hers.classId, instructorId: others.instructorId })
    return []
  })
  expect(await namesOf(hers.studentId)).toContain('another instructor')
  await writeInSchool(school.id, async (tx) => {
    await tx.update(classInstructors).set({ archivedAt: now }).where(eq(classInstructors.id, id))
    const gone = person('viewer').userId
    await tx.update(memberships).set({ archivedAt: now }).where(eq(memberships.userId, gone))
    return []
  })
  const left = await namesOf(hers.studentId)
  expect(left).not.toContain('another instructor')
  expect(left).not.toContain('viewer')
})
