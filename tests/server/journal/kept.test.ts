import '../../setup/as-owner.ts'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { journal, journalOwners, journalValues } from '../../../db/schema/index.ts'
import type { Context, School } from '../../../server/context.ts'
import { kept } from '../../../server/journal/kept.ts'
import type { Person } from '../../../server/trpc.ts'
import { as, contextOf, db, makePerson, makeSchool } from '../../setup/people.ts'
import { later } from '../../setup/school.ts'

let school: School
let office: Person
let ctx: Context
let reads: number
const read = kept(['room', 'student'], async () => ++reads)
beforeEach(async () => {
  school = await makeSchool()
  office = await makePerson(school, 'registrar')
  ctx = contextOf(office)
  reads = 0
})
const addRoom = (name = newId()) => as(office).rooms.create({ name })

test('is read once, until a record of its kinds changes', async () => {
  expect([await read(ctx), await read(ctx)]).toEqual([1, 1])
  await addRoom()
  expect([await read(ctx), await read(ctx)]).toEqual([2, 2])
  await as(office).departments.create({ name: 'Music' })
  expect(await read(ctx)).toBe(2)
  await as(office).students.create({ givenName: 'Ida', familyName: 'Holm' })
  expect(await read(ctx)).toBe(3)
})

test('of one school, one day and one database says nothing of another', async () => {
  const other = contextOf(await makePerson(await makeSchool('Southfield'), 'registrar'))
  expect([await read(ctx), await read(other), await read(ctx)]).toEqual([1, 2, 1])
  expect(await read({ ...ctx, ...later(1) })).toBe(3)
  expect(await read({ ...ctx, db: Object.create(db) })).toBe(4)
})

test('is read again after more changes than anybody looks up', async () => {
  await read(ctx)
  const items = Array.from({ length: 250 }, (_, n) => ({ title: `Course ${n}` }))
  await as(office).courses.createMany({ items })
  expect([await read(ctx), await read(ctx)]).toEqual([2, 2])
})

test('is not kept when it fails, and those who ask at once share one answer', async () => {
  let isAway = true
  const moody = kept(['room'], async () => {
    reads++
    if (isAway) throw new Error('away')
    return reads
  })
  await expect(moody(ctx)).rejects.toThrow('away')
  isAway = false
  await moody(ctx)
  expect(reads).toBe(2)
  await addRoom()
  expect(await Promise.all([moody(ctx), moody(ctx), moody(ctx)])).toEqual([3, 3, 3])
})

test('a copy of the register that was brought back is not taken for what it replaces, whatever its last number is', async () => {
  await addRoom()
  const room = await addRoom()
  await read(ctx)
  await as(office).rooms.update({ id: room.id, version: 1, seats: 3 })
  expect(await read(ctx)).toBe(2)
  const here = (table: typeof journal | typeof journalOwners | typeof journalValues) => eq(table.schoolId, school.id)
  const before = await db.select().from(journal).where(here(journal))
  await db.transaction(noSchool, async (tx) => {
    await tx.delete(journalValues).where(here(journalValues))
    await tx.delete(journalOwners).where(here(journalOwners))
    await tx.delete(journal).where(here(journal))
    const [first] = before
    const restored = before.map((entry) => ({ ...entry, operationId: first?.operationId ?? '' }))
    await tx.insert(journal).values(restored)
  })
  expect(await read(ctx)).toBe(3)
})
