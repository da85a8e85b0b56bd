/** Who else has a record open: what colleagues at other desks learn, and who learns it. */
import { and, eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { classInstructors, operations, presences } from '../../../db/schema/index.ts'
import { changeFlag } from '../../../server/flags/set.ts'
import { tabsAtMost } from '../../../server/presences/keep.ts'
import { flagsNow } from '../../../server/runtime/rpc.ts'
import type { Person } from '../../../server/trpc.ts'
import { as, db, makePerson, makeSchool, now } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'

const school = await makeSchool('Present')
const ann = await makePerson(school, 'registrar')
const ben = await makePerson(school, 'administrator')
const records = await makeRecords(school)
const student = { entity: 'student' as const, entityId: records.studentId }
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
afterAll(() => db.close())

const keep = (person: Person, tab: string, more: { isEditing?: boolean } = {}, at = now) =>
  as(person, { now: at }).presences.keep({ tab, ...student, ...more })

test('who opens a record learns who else has it open, and who edits it', async () => {
  const [desk, other] = [newId(), newId()]
  expect(await keep(ann, desk)).toEqual([])
  expect(await keep(ben, other)).toEqual([{ name: ann.name, isEditing: false }])
  await keep(ann, newId(), { isEditing: true })
  expect(await keep(ben, other)).toEqual([{ name: ann.name, isEditing: true }])
  expect(await keep(ann, desk)).toEqual([{ name: ben.name, isEditing: false }])
})

test('who leaves is gone at once, and a tab that fell silent after half a minute', async () => {
  const fresh = await makePerson(school, 'registrar')
  const tab = newId()
  const names = async (at: Date) => (await keep(ben, newId(), {}, at)).map(({ name }) => name)
  const at = later(600)
  await as(fresh, { now: at }).presences.keep({ tab, ...student })
  expect(await names(at)).toEqual([fresh.name])
  await as(fresh).presences.remove({ tab })
  expect(await names(at)).toEqual([])
  await keep(fresh, tab, {}, at)
  expect(await names(later(629))).toEqual([fresh.name])
  expect(await names(later(631))).toEqual([])
})

test('nobody speaks for a tab of somebody else', async () => {
  const tab = newId()
  const at = later(2000)
  await keep(ann, tab, {}, at)
  await keep(ben, tab, { isEditing: true }, at)
  await as(ben).presences.remove({ tab })
  const [row] = await db.select().from(presences).where(eq(presences.id, tab))
  expect(row).toMatchObject({ userId: ann.userId, isEditing: false })
})

test('an instructor looks at their own students only, and learns nothing of others', async () => {
  const [assignment] = await db
    .select()
    .from(classInstructors)
    .where(and(eq(classInstructors.schoolId, school.id), eq(classInstructors.classId, records.classId)))
  const teacher = await makePerson(school, 'instructor', assignment?.instructorId ?? null)
  const stranger = await makePerson(school, 'instructor')
  await keep(ann, newId(), {}, later(3000))
  expect(await keep(teacher, newId(), {}, later(3000))).toEqual([{ name: ann.name, isEditing: false }])
  await expect(keep(stranger, newId(), {}, later(3000))).rejects.toThrow('record.not_found')
  const guardian = { entity: 'guardian' as const, entityId: records.guardianId }
  await expect(as(teacher).presences.keep({ tab: newId(), ...guardian })).rejects.toThrow('record.not_found')
})

test('of the tabs that somebody makes up, the newest few count, and they take nobody else’s place', async () => {
  const at = later(10_000)
  const desk = newId()
  await keep(ben, desk, {}, at)
  for (let tab = 0; tab < tabsAtMost + 5; tab++) await keep(ann, newId(), {}, at)
  const rows = await db.select().from(presences).where(eq(presences.schoolId, school.id))
  expect(rows.filter(({ userId }) => userId === ann.userId)).toHaveLength(tabsAtMost)
  expect(rows.filter(({ userId }) => userId === ben.userId).map(({ id }) => id)).toEqual([desk])
  const last = newId()
  await keep(ann, last, {}, later(10_001))
  expect(await db.select().from(presences).where(eq(presences.id, last))).toHaveLength(1)
})

test('it is no change of the register: no operation, and tabs that said nothing for a minute are swept out', async () => {
  const count = async () => (await db.select().from(operations).where(eq(operations.schoolId, school.id))).length
  const before = await count()
  await keep(ben, newId(), {}, later(20_000 - 61))
  await keep(ann, newId(), {}, later(20_000))
  expect(await count()).toBe(before)
  const rows = await db.select().from(presences).where(eq(presences.schoolId, school.id))
  expect(rows.every(({ seenAt }) => seenAt >= later(20_000 - 60))).toBe(true)
})

test('where the flag is off for a school nobody is told there, and nothing is written; another school goes on', async () => {
  const other = await makeSchool('Elsewhere')
  const [cyd, dan] = [await makePerson(other, 'registrar'), await makePerson(other, 'registrar')]
  const theirs = { entity: 'student' as const, entityId: (await makeRecords(other)).studentId }
  const at = later(6000)
  const say = (person: Person, record: typeof student) =>
    as(person, { now: at, flags: flagsNow(db) }).presences.keep({ tab: newId(), ...record })
  const rows = () => db.$count(presences, and(eq(presences.schoolId, school.id), eq(presences.seenAt, at)))
  const turn = (change: object) => {
    const own = { id: newId(), procedure: 'flags.set', inputHash: newId(), way: 'cli' as const }
    return changeFlag(db, { ...own, actorId: null, at: now }, { key: 'presences', ...change })
  }
  await turn({ mode: 'rules', schools: [other.id] })
  await say(ann, student)
  expect(await say(ben, student)).toEqual([])
  expect(await rows()).toBe(0)
  await say(cyd, theirs)
  expect(await say(dan, theirs)).toEqual([{ name: cyd.name, isEditing: false }])
  await turn({ mode: 'off' })
  expect(await say(dan, theirs)).toEqual([])
  await turn({ mode: 'default' })
  await say(ann, student)
  expect(await say(ben, student)).toEqual([{ name: ann.name, isEditing: false }])
  expect(await rows()).toBe(2)
})
