import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { enrollments, journal, journalOwners, operations } from '../../../db/schema/index.ts'
import { Bulk } from '../../../server/journal/bulk.ts'
import { newestNumber } from '../../../server/journal/newest.ts'
import { mutate } from '../../../server/journal/operation.ts'
import { addRows } from '../../../server/records/write.ts'
import { roomKind } from '../../../server/rooms/kind.ts'
import type { Person } from '../../../server/trpc.ts'
import { as, contextOf, db, makePerson, makeSchool, now } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'
import { api, makeClass, makeInstructor, registrar, rowOf, school, withdraw } from '../../setup/school.ts'

let instructor: Person
let mine: Awaited<ReturnType<typeof makeRecords>>
let others: Awaited<ReturnType<typeof makeRecords>>
beforeAll(async () => {
  mine = await makeRecords(school, 'Mine')
  others = await makeRecords(school, 'Others')
  instructor = await makePerson(school, 'instructor', mine.instructorId)
})

const at = (instant: string) => ({ now: new Date(instant) })
const home = async (person: Person, instant = now.toISOString()) => as(person, at(instant)).home.get()
const changes = async (person = registrar, instant?: string) => (await home(person, instant)).changes

const enroll = (person: Person, classId: string, studentIds: string[], instant = now.toISOString()) =>
  as(person, at(instant)).classes.enroll({ classId, studentIds, beginDate: '2026-11-20' })
const students = async (count: number, familyName: string, instant = now.toISOString()) => {
  const ids: string[] = []
  for (let n = 0; n < count; n++)
    ids.push((await as(registrar, at(instant)).students.create({ givenName: `N${n}`, familyName })).id)
  return ids
}

test('what people did since yesterday is told by person, deed and class, the latest first', async () => {
  const two = await students(2, 'Added', '2026-11-20T08:00:00Z')
  const many = await students(5, 'Many', '2026-11-19T12:00:00Z')
  await enroll(registrar, mine.classId, many, '2026-11-20T08:30:00Z')
  const lines = await changes()
  expect(lines).toMatchObject([
    {
      at: '2026-11-20T08:30:00.000Z',
      by: 'The registrar',
      deed: 'enroll',
      entity: 'enrollment',
      count: 5,
      names: [],
      inClass: { id: mine.classId, title: 'Mine' },
    },
    { deed: 'add', entity: 'student', count: 7, at: '2026-11-20T08:00:00.000Z' },
  ])
  expect(lines).toHaveLength(2)
  expect(two).toHaveLength(2)
})

test('a few are named, and one who was saved twice is one', async () => {
  const person = await makePerson(school, 'administrator')
  const [id = ''] = await students(1, 'Saved', '2026-11-19T09:00:00Z')
  await as(person).students.update({ id, version: 1, gradeLevel: '07' })
  await as(person).students.update({ id, version: 2, gradeLevel: '08' })
  await as(person, at('2026-11-20T10:00:00Z')).students.archive({ id, version: 3 })
  const own = (await changes(registrar, '2026-11-20T11:00:00Z')).filter(({ by }) => by === 'The administrator')
  expect(own).toMatchObject([
    { deed: 'archive', count: 1, names: [{ entity: 'student', id, name: 'N0 Saved' }] },
    { deed: 'change', count: 1, names: [{ id }] },
  ])
})

test('nine saves of five students are five students, one by one and many at once', async () => {
  const person = await makePerson(school, 'administrator')
  const ids = await students(5, 'Counted', '2026-11-19T09:00:00Z')
  const own = async () =>
    (await changes(registrar, '2026-11-20T11:00:00Z')).find(
      ({ by, deed }) => by === 'The administrator' && deed === 'change',
    )
  const save = (index: number, version: number, gradeLevel: string) =>
    as(person, at('2026-11-20T10:30:00Z')).students.update({ id: ids[index] ?? '', version, gradeLevel })
  for (let index = 0; index < 5; index++) await save(index, 1, '07')
  for (let index = 0; index < 4; index++) await save(index, 2, '08')
  const before = await own()
  expect(before).toMatchObject({ entity: 'student', names: [] })
  const items = ids.map((id, index) => ({ id, version: index < 4 ? 3 : 2 }))
  await as(person, at('2026-11-20T10:40:00Z')).students.updateMany({ items, set: { gradeLevel: '09' } })
  expect([before?.count, (await own())?.count]).toEqual([5, 5])
})

test('who comes off the waitlist is not counted among those who withdrew', async () => {
  const { classId } = await makeRecords(school, 'Full')
  await api().classes.update({ id: classId, version: 1, capacity: 2 })
  const [leaves = '', waits = ''] = await students(2, 'Seat')
  await api().classes.enroll({ classId, studentIds: [leaves, waits], waitlist: true })
  const [enrollment] = await api().enrollments.list({ studentId: leaves })
  const seen = { id: enrollment?.id ?? '', version: enrollment?.version ?? 0 }
  await api().enrollments.withdraw({ ...seen, reason: 'moved' })
  const ofClass = (await changes()).filter(({ inClass }) => inClass?.id === classId)
  expect(ofClass).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ deed: 'withdraw', count: 1, names: [expect.objectContaining({ id: leaves })] }),
      expect.objectContaining({ deed: 'enroll', count: 2 }),
    ]),
  )
})

test('yesterday begins at midnight on the school’s calendar', async () => {
  const fresh = await makeSchool('Fresh')
  const auckland = { ...fresh, timeZone: 'Pacific/Auckland' }
  const member = await makePerson(fresh, 'registrar')
  const there = { ...member, memberships: [{ school: auckland, role: 'registrar' as const, instructorId: null }] }
  // Wednesday 23:59 and Thursday 00:01 in Auckland; it is Friday there.
  await as(there, at('2026-11-18T10:59:00Z')).students.create({ givenName: 'Too', familyName: 'Early' })
  await as(there, at('2026-11-18T11:01:00Z')).students.create({ givenName: 'Just', familyName: 'Now' })
  const lines = await changes(there, '2026-11-20T09:00:00Z')
  expect(lines).toMatchObject([{ deed: 'add', count: 1, names: [{ name: 'Just Now' }] }])
})

test('another school’s changes never show, nor does what people keep for themselves', async () => {
  const fresh = await makeSchool('Empty')
  const member = await makePerson(fresh, 'registrar')
  expect(await changes(member)).toEqual([])
})

test('an import is one line, however much it brought', async () => {
  const fresh = await makeSchool('Imported')
  const member = await makePerson(fresh, 'registrar')
  await db.transaction(fresh.id, async (tx) => {
    const operation = {
      id: newId(),
      actorId: null,
      at: now,
      procedure: 'import',
      deed: 'import' as const,
      about: null,
      way: 'import' as const,
      inputHash: '',
    }
    const bulk = await Bulk.begin(tx, fresh.id, operation)
    await bulk.write([{ name: 'One' }, { name: 'Two' }], (rows) => addRows(tx, roomKind, fresh.id, rows))
  })
  expect(await changes(member)).toMatchObject([{ deed: 'import', way: 'import', by: null, names: [] }])
})

test('viewers and instructors are not told what others did', async () => {
  expect(await changes(await makePerson(school, 'viewer'))).toEqual([])
  expect(await changes(instructor)).toEqual([])
})

test('an instructor is told who came into their own classes and who left, without who did it', async () => {
  const [joins = '', leaves = ''] = await students(2, 'Moves')
  await enroll(registrar, others.classId, [joins])
  await enroll(registrar, mine.classId, [joins, leaves], '2026-11-20T08:00:00Z')
  const ctx = { ...contextOf(registrar, 'classes.withdraw') }
  await mutate(
    ctx,
    { deed: 'withdraw', about: 'enrollment', isOfOne: true },
    async (tx) => {
      const rows = await tx
        .update(enrollments)
        .set({ status: 'withdrawn', version: 2 })
        .where(eq(enrollments.studentId, leaves))
        .returning()
      return rows.map((after) => ({ entity: 'enrollment' as const, after }))
    },
    async () => undefined,
  )
  const { rosterChanges } = await home(instructor)
  const moved = rosterChanges.filter(({ familyName }) => familyName === 'Moves')
  expect(moved).toMatchObject([
    { studentId: joins, status: 'enrolled', classId: mine.classId, classTitle: 'Mine' },
    { studentId: leaves, status: 'withdrawn', classId: mine.classId },
  ])
  expect(JSON.stringify(rosterChanges)).not.toContain('The registrar')
  expect(JSON.stringify(rosterChanges)).not.toContain(others.classId)
  expect((await home(instructor, '2026-11-22T09:00:00Z')).rosterChanges).toEqual([])
  expect((await home(await makePerson(school, 'instructor'))).rosterChanges).toEqual([])
})

test('an instructor’s news are told class by class: few are named, many are counted, each student once', async () => {
  const teacher = await makePerson(school, 'instructor', (await makeInstructor()).id)
  const { instructorId = '' } = teacher.memberships[0] ?? {}
  const teach = async (title: string, capacity: number | null = null) => {
    const { id: classId } = await makeClass(capacity, { title })
    await api().classInstructors.create({ classId, instructorId: instructorId ?? '' })
    return classId
  }
  const [health, drama] = [await teach('Health'), await teach('Drama', 1)]
  const twelve = await students(12, 'Twelve', '2026-11-18T09:00:00Z')
  const [first = '', second = ''] = twelve
  const news = async (instant?: string) => (await home(teacher, instant)).rosterNews
  await enroll(registrar, health, twelve)
  await as(registrar).classes.enroll({ classId: drama, studentIds: [first, second], waitlist: true })
  const named = (id: string) => ({ id, familyName: 'Twelve' })
  const ofDrama = [
    { status: 'enrolled', classTitle: 'Drama', count: 1, students: [named(first)] },
    { status: 'waitlisted', classTitle: 'Drama', count: 1, students: [named(second)] },
  ]
  expect(await news()).toMatchObject([...ofDrama, { status: 'enrolled', classId: health, count: 12, students: [] }])

  // Who leaves and comes back is there, and a corrected date is no news.
  await withdraw(health, first)
  expect(await news()).toMatchObject([
    ...ofDrama,
    { status: 'enrolled', classId: health, count: 11, students: [] },
    { status: 'withdrawn', classId: health, count: 1, students: [named(first)] },
  ])
  await enroll(registrar, health, [first])
  expect(await news()).toMatchObject([...ofDrama, { status: 'enrolled', classId: health, count: 12 }])
  const row = await rowOf(health, second)
  const corrected = { id: row.id, version: row.version, beginDate: '2026-11-19' }
  await as(registrar, at('2026-11-23T09:00:00Z')).enrollments.update(corrected)
  expect(await news('2026-11-23T10:00:00Z')).toEqual([])
})

test('what was done early is told however much others do on the same day', async () => {
  const fresh = await makeSchool('Busy')
  const member = await makePerson(fresh, 'registrar')
  const busy = await makePerson(fresh, 'administrator')
  const { studentId } = await makeRecords(fresh, 'Busy')
  await as(member, at('2026-11-20T08:00:00Z')).rooms.create({ name: 'Early' })
  const from = await newestNumber(db, fresh.id)
  const made = Array.from({ length: 1000 }, (_, index) => ({ id: newId(), number: from + index + 1 }))
  const own = { schoolId: fresh.id, actorId: busy.userId, way: 'screen', procedure: 'students.update', inputHash: '' }
  const did = { deed: 'change', about: 'student', at: new Date('2026-11-20T08:30:00Z') }
  const entry = { entity: 'student', entityId: studentId, fields: ['gradeLevel'], valuesHash: '', hash: '' }
  await db.transaction(fresh.id, (tx) =>
    tx.insertAll(
      [operations, made.map((one) => ({ ...own, ...did, ...one }))],
      [
        journal,
        made.map(({ id, number }) => ({ schoolId: fresh.id, number, operationId: id, version: number, ...entry })),
      ],
      [journalOwners, made.map(({ number }) => ({ schoolId: fresh.id, entity: 'student', id: studentId, number }))],
    ),
  )
  expect(await changes(member)).toMatchObject([
    { by: 'The administrator', deed: 'change', entity: 'student', count: 1, names: [{ id: studentId }] },
    { by: 'The registrar', deed: 'add', entity: 'room', count: 1, names: [{ name: 'Early' }] },
  ])
})
