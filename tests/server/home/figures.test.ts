/** Every figure says what the list that it opens says. Today is Friday, 20 November 2026. */
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Permission } from '../../../server/access.ts'
import type { School } from '../../../server/context.ts'
import { readFigures } from '../../../server/home/figures.ts'
import type { Person } from '../../../server/trpc.ts'
import { as, contextOf, db, makePerson, makeSchool } from '../../setup/people.ts'

let school: School
let office: Person
beforeEach(async () => {
  school = await makeSchool()
  office = await makePerson(school, 'registrar')
})
afterAll(() => db.close())

const at = (instant: string) => ({ now: new Date(instant) })
const figures = (person = office, instant = '2026-11-20T09:00:00Z') => as(person, at(instant)).home.figures()

type Stay = Parameters<ReturnType<typeof as>['schoolEnrollments']['create']>[0]
let made = 0
async function student(gradeLevel: string | null, ...stays: Omit<Stay, 'studentId'>[]) {
  const { id } = await as(office).students.create({ givenName: 'Sam', familyName: `S${++made}`, gradeLevel })
  for (const stay of stays) await as(office).schoolEnrollments.create({ ...stay, studentId: id })
  return id
}

test('students at the school by grade are those that the list of the grade has today', async () => {
  for (const grade of ['09', '09', '10', 'Sixth form', null]) await student(grade)
  await student('09', { beginDate: '2026-09-01', endDate: '2026-11-19', exitType: 'transferred' })
  await student('11', { beginDate: '2026-11-21' })
  await student('10', { beginDate: '2026-09-01', gradeLevel: '12' })
  const archived = await student('10')
  await as(office).students.archive({ id: archived, version: 1 })

  const { enrollment } = await figures()
  expect(enrollment).toMatchObject({ comparedWith: null, before: null, total: 6 })
  expect(enrollment?.total).toBe(await as(office).students.count({ status: 'active' }))
  const counts = enrollment?.grades.map(({ gradeLevel, count }) => [gradeLevel, count])
  expect(counts).toEqual(
    expect.arrayContaining([
      ['09', 2],
      ['10', 1],
      ['12', 1],
      ['Sixth form', 1],
      [null, 1],
    ]),
  )
  expect(counts).toHaveLength(5)
  for (const { gradeLevel, count } of enrollment?.grades ?? []) {
    const asked = gradeLevel === null ? { withoutGradeLevel: true } : { gradeLevel }
    expect(await as(office).students.count({ ...asked, status: 'active' })).toBe(count)
  }
  expect((await figures(office, '2026-11-21T09:00:00Z')).enrollment?.total).toBe(7)
})

const lastYear = { beginDate: '2025-09-01', endDate: '2026-06-12', exitType: 'endOfYear' as const }
test('a year ago counts who was at the school then, by the grade they had', async () => {
  await student('10', { ...lastYear, gradeLevel: '09' }, { beginDate: '2026-09-01', gradeLevel: '10' })
  await student('10', { ...lastYear, gradeLevel: '09' }, { beginDate: '2026-09-01', gradeLevel: '10' })
  await student('12', { ...lastYear, gradeLevel: '12', exitType: 'graduated' })
  await student('09', { beginDate: '2026-09-01', gradeLevel: '09' })
  // Not yet there on that day, and no longer.
  await student('10', { beginDate: '2025-11-21', gradeLevel: '10' })
  await student('10', { beginDate: '2024-09-01', endDate: '2025-11-19', gradeLevel: '08', exitType: 'transferred' })
  const { enrollment } = await figures()
  expect(enrollment).toMatchObject({ comparedWith: '2025-11-20', total: 4, before: 3 })
  expect(enrollment?.grades).toEqual([
    { gradeLevel: '10', count: 3, before: 0 },
    { gradeLevel: '09', count: 1, before: 2 },
  ])
})

test('a register that knows nobody who left since compares nothing, and without grades it compares the whole', async () => {
  await student('10', { beginDate: '2025-09-01' })
  expect((await figures()).enrollment).toMatchObject({ comparedWith: null, before: null, total: 1 })
  await student('12', lastYear)
  const { enrollment } = await figures()
  expect(enrollment).toMatchObject({ comparedWith: '2025-11-20', before: 2, total: 1 })
  expect(enrollment?.grades).toEqual([{ gradeLevel: '10', count: 1, before: null }])
})

const term = { type: 'term' as const, startDate: '2026-09-01', endDate: '2026-12-18' }
const nextTerm = { type: 'term' as const, startDate: '2027-01-05', endDate: '2027-03-26' }
async function offer() {
  const now = await as(office).academicSessions.create({ title: 'Autumn', ...term })
  const next = await as(office).academicSessions.create({ title: 'Spring', ...nextTerm })
  const courseIn = async (name: string) => {
    const { id: departmentId } = await as(office).departments.create({ name })
    return { departmentId, courseId: (await as(office).courses.create({ title: name, departmentId })).id }
  }
  return { now, next, arts: await courseIn('Arts'), science: await courseIn('Science') }
}

test('seats are told of the current term, by department the fullest first, as the lists of classes count them', async () => {
  const { now, next, arts, science } = await offer()
  const make = (courseId: string | null, capacity: number | null, termId = now.id) =>
    as(office).classes.create({ title: `C${++made}`, courseId, capacity, academicSessionIds: [termId] })
  await make(arts.courseId, 20)
  await make(arts.courseId, null)
  const full = await make(science.courseId, 1)
  await make(science.courseId, 2)
  await make(null, 0)
  await make(arts.courseId, 0, next.id)
  await as(office).classes.enroll({ classId: full.id, studentIds: [await student('09')] })

  const { seats } = await figures()
  expect(seats).toEqual({
    term: { id: now.id, title: 'Autumn' },
    ...{ left: 3, full: 2, seats: 23, taken: 1 },
    departments: [
      { id: science.departmentId, name: 'Science', left: 1, full: 1, seats: 3, taken: 1 },
      { id: arts.departmentId, name: 'Arts', left: 2, full: 0, seats: 20, taken: 0 },
    ],
  })
  const asked = { academicSessionId: now.id }
  for (const is of ['left', 'full'] as const) {
    expect(await as(office).classes.count({ ...asked, seats: is })).toBe(seats?.[is])
    for (const one of seats?.departments ?? [])
      expect(await as(office).classes.count({ ...asked, seats: is, departmentId: one.id })).toBe(one[is])
  }
  expect((await figures(office, '2026-12-20T09:00:00Z')).seats).toMatchObject({
    term: { id: next.id },
    left: 0,
    full: 1,
  })
  // A term without an end to come is followed by none: then all classes count.
  const after = await figures(office, '2027-04-01T09:00:00Z')
  expect(after.seats).toMatchObject({ term: null })
  expect(after.seats?.full).toBe(await as(office, at('2027-04-01T09:00:00Z')).classes.count({ seats: 'full' }))
})

test('each hour of today leads to exactly its classes in the master timetable', async () => {
  const { now, next } = await offer()
  const meet = async (termId: string, ...hours: [startTime: string, endTime: string][]) => {
    const { id } = await as(office).classes.create({ title: `C${++made}`, academicSessionIds: [termId] })
    const meetings = hours.map(([startTime, endTime]) => ({ weekday: 5, startTime, endTime }))
    await as(office).meetings.update({ classId: id, meetings, seen: [], from: '2026-09-01', to: null })
    return id
  }
  await meet(now.id, ['09:00', '09:50'], ['10:00', '10:50'])
  await meet(now.id, ['09:00', '09:50'])
  await meet(now.id, ['09:00', '10:50'])
  // Its term has not begun, though nobody has ended what it says of Fridays.
  await meet(next.id, ['09:00', '09:50'])
  const { hours } = await as(office).home.get()
  expect(hours.map(({ startTime, endTime, count }) => [startTime, endTime, count])).toEqual([
    ['09:00', '09:50', 2],
    ['09:00', '10:50', 1],
    ['10:00', '10:50', 1],
  ])
  const master = (more: object) => as(office).meetings.master({ by: 'time', day: '2026-11-20', ...more })
  for (const { startTime, endTime, count } of hours) {
    const { lines } = await master({ hour: { startTime, endTime } })
    expect(lines.map(({ id, meetings }) => [id, meetings.length])).toEqual([[`${startTime} ${endTime}`, count]])
  }
  const refused = { by: 'room', hour: { startTime: '09:00', endTime: '09:50' } }
  await expect(master(refused)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})

async function listed(person: Person, day: string, instant: string): Promise<number> {
  const page = (cursor: { at: string; id: string } | null) =>
    as(person, at(instant)).journal.list({ from: day, to: day, cursor })
  let [{ rows, next }, count] = [await page(null), 0]
  for (;;) {
    count += rows.length
    if (!next) return count
    ;({ rows, next } = await page(next))
  }
}

test('each day of the week has as many changes as its history, for each reader', async () => {
  const days = { '2026-11-13': 2, '2026-11-14': 1, '2026-11-18': 3, '2026-11-19': 32, '2026-11-20': 2 }
  for (const [day, count] of Object.entries(days))
    for (let n = 0; n < count; n++)
      await as(office, at(`${day}T${n % 2 ? '00:00' : '23:59'}:00Z`)).rooms.create({ name: `${day} ${n}` })
  await as(await makePerson(school, 'administrator'), at('2026-11-18T10:00:00Z')).members.invite({
    ...{ email: 'new@school.example', name: 'New', role: 'viewer' },
  })
  const now = '2026-11-20T23:59:30Z'
  const viewer = await makePerson(school, 'viewer')
  const administrator = await makePerson(school, 'administrator')
  for (const person of [office, viewer, administrator]) {
    const { week } = await figures(person, now)
    expect(week?.map(({ date }) => date)).toEqual(
      Array.from({ length: 7 }, (_, index) => `2026-11-${String(14 + index)}`),
    )
    for (const { date, count } of week ?? []) expect([date, count]).toEqual([date, await listed(person, date, now)])
  }
  const counts = async (person: Person) => (await figures(person, now)).week?.map(({ count }) => count)
  // The school itself was added today, too.
  expect(await counts(office)).toEqual([1, 0, 0, 0, 3, 32, 3])
  expect((await counts(administrator))?.slice(0, 6)).toEqual([1, 0, 0, 0, 4, 32])
  // What is done now is counted with it.
  await as(office, at(now)).rooms.create({ name: 'Now' })
  expect((await counts(viewer))?.at(-1)).toBe(4)
})

test('what the scopes of a token leave of a week is not what the next person is shown, nor the other way round', async () => {
  await as(office, at('2026-11-16T09:00:00Z')).rooms.create({ name: 'Lab' })
  await as(office, at('2026-11-16T09:00:00Z')).students.create({ givenName: 'Sam', familyName: 'Scoped' })
  const ctx = contextOf(office, 'home.figures', new Date('2026-11-20T09:00:00Z'))
  const scopes = new Set<Permission>(['home.read', 'journal.read', 'room.read'])
  const narrow = () => readFigures({ ...ctx, actor: { ...ctx.actor, scopes } })
  const monday = async (told: ReturnType<typeof readFigures>) => (await told).week?.[2]
  for (let round = 0; round < 2; round++) {
    expect(await narrow()).toMatchObject({ enrollment: null, seats: null })
    expect(await monday(narrow())).toEqual({ date: '2026-11-16', count: 1 })
    expect(await monday(readFigures(ctx))).toEqual({ date: '2026-11-16', count: 2 })
  }
})

test('an instructor is shown no figure of the whole school, and another school’s people are never counted', async () => {
  await student('09')
  const other = await makeSchool('Southfield')
  const theirs = await makePerson(other, 'registrar')
  await as(theirs).students.create({ givenName: 'Theirs', familyName: 'Theirs', gradeLevel: '09' })
  expect(await figures(await makePerson(school, 'instructor'))).toEqual({ enrollment: null, seats: null, week: null })
  expect((await figures()).enrollment?.total).toBe(1)
})
