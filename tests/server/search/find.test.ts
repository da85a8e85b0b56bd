import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { academicSessions, classes, classTerms, guardians } from '../../../db/schema/index.ts'
import { classSortName } from '../../../server/people.ts'
import type { Person } from '../../../server/trpc.ts'
import { as, makePerson, makeSchool, writeInSchool } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'
import { api, registrar, school } from '../../setup/school.ts'

let records: Awaited<ReturnType<typeof makeRecords>>

const addStudent = (givenName: string, familyName: string, more: object = {}) =>
  api().students.create({ givenName, familyName, ...more })
const find = (person: Person, text: string) => as(person).search.find({ text })
const studentsFor = async (text: string, person = registrar) =>
  (await find(person, text)).students.map(({ givenName, familyName }) => `${givenName} ${familyName}`)

beforeAll(async () => {
  records = await makeRecords(school, 'Zebra')
  const other = await makeSchool('Southfield')
  await makeRecords(other, 'Zebra')
  for (const [given, family] of [
    ['Hannah', 'Byrne'],
    ['Ann', 'Lee'],
    ['Joan', 'Mann'],
    ['Zoe', 'Annan'],
    ['Amara', 'Abara'],
  ] as const)
    await addStudent(given, family)
})

test('whole words come first, then names that begin so, then what stands inside', async () => {
  expect(await studentsFor('ann')).toEqual(['Ann Lee', 'Zoe Annan', 'Hannah Byrne', 'Joan Mann'])
})

test('names are found in either order, as lists write them, and without accents', async () => {
  expect(await studentsFor('abara amara')).toEqual(['Amara Abara'])
  expect(await studentsFor('Abara, Amara')).toEqual(['Amara Abara'])
  await addStudent('Dilnoza', 'Öberg')
  expect(await studentsFor('oberg')).toEqual(['Dilnoza Öberg'])
})

test('a number finds its student before the longer numbers that begin with it, an email its own', async () => {
  for (let n = 0; n < 10; n++) await addStudent(`Aaron${n}`, 'Number', { number: `77${n}0` })
  await addStudent('Zed', 'Zulu', { number: '77', email: 'zed@students.example' })
  expect((await studentsFor('77'))[0]).toBe('Zed Zulu')
  expect(await studentsFor('zed@students.example')).toEqual(['Zed Zulu'])
  expect(await studentsFor('77')).toHaveLength(8)
})

test('one letter finds family names that begin with it, and with few of them others too', async () => {
  expect((await studentsFor('z')).slice(0, 3)).toEqual(['Zoe Annan', 'Sam Zebra', 'Zed Zulu'])
  for (let n = 0; n < 8; n++) await addStudent('Given', `Quill${n}`)
  expect(await studentsFor('q')).toEqual(Array.from({ length: 8 }, (_, n) => `Given Quill${n}`))
})

test('an archived student is not found, an inactive one after the active', async () => {
  await addStudent('Ida', 'Twin', { status: 'inactive', number: 'T-1' })
  await addStudent('Ida', 'Twin', { number: 'T-2' })
  const gone = await addStudent('Ida', 'Twin', { number: 'T-3' })
  await api().students.archive({ id: gone.id, version: gone.version })
  expect((await find(registrar, 'twin')).students.map(({ number }) => number)).toEqual(['T-2', 'T-1'])
})

test('one search finds everything of that name in this school, and nothing of another', async () => {
  expect(await find(registrar, 'zebra')).toMatchObject({
    students: [{ id: records.studentId, birthDate: '2012-05-01' }],
    instructors: [{ id: records.instructorId }],
    guardians: [{ id: records.guardianId, students: [{ id: records.studentId }] }],
    classes: [{ id: records.classId, terms: ['Zebra'], instructors: [{ familyName: 'Zebra' }] }],
    courses: [{ id: records.courseId }],
    rooms: [{ id: records.roomId, seats: 30 }],
  })
})

test('a guardian is found by family name, with the given name in either order, and by phone', async () => {
  await writeInSchool(school.id, async (tx) => {
    const stored = { searchText: 'gina zebra 555 0100' }
    await tx.update(guardians).set(stored).where(eq(guardians.id, records.guardianId))
    return []
  })
  for (const text of ['zeb', 'gina zebra', 'Zebra gi', '0100'])
    expect((await find(registrar, text)).guardians, text).toMatchObject([{ id: records.guardianId }])
})

test('of classes of the same name the one that runs now comes first', async () => {
  const [old, current] = [newId(), newId()]
  await writeInSchool(school.id, async (tx) => {
    const term = { schoolId: school.id, type: 'term' as const }
    const lastYear = { ...term, id: newId(), title: 'Last year', startDate: '2025-09-01', endDate: '2025-12-19' }
    const thisYear = { ...term, id: newId(), title: 'This year', startDate: '2026-09-01', endDate: '2026-12-18' }
    await tx.insert(academicSessions).values([lastYear, thisYear])
    for (const [id, code, session] of [
      [old, 'A', lastYear.id],
      [current, 'B', thisYear.id],
    ] as const) {
      const sortName = classSortName('Physics', code)
      await tx.insert(classes).values({ schoolId: school.id, id, title: 'Physics', code, sortName })
      await tx.insert(classTerms).values({ schoolId: school.id, classId: id, academicSessionId: session })
    }
    return []
  })
  expect((await find(registrar, 'physics')).classes.map(({ id, terms }) => [id, ...terms])).toEqual([
    [current, 'This year'],
    [old, 'Last year'],
  ])
})

test('a viewer finds no guardians and sees no birth dates', async () => {
  const viewer = await makePerson(school, 'viewer')
  const found = await find(viewer, 'zebra')
  expect(found.guardians).toEqual([])
  expect(found.students).toHaveLength(1)
  expect(found.students[0]).not.toHaveProperty('birthDate')
})

test('an instructor finds their own classes and students only', async () => {
  const others = await makeRecords(school, 'Zebra Others')
  const instructor = await makePerson(school, 'instructor', records.instructorId)
  const found = await find(instructor, 'zebra')
  expect(found.students.map(({ id }) => id)).toEqual([records.studentId])
  expect(found.classes.map(({ id }) => id)).toEqual([records.classId])
  expect([found.instructors, found.guardians, found.courses, found.rooms]).toEqual([[], [], [], []])
  expect(JSON.stringify(found)).not.toContain(others.studentId)
  expect(await studentsFor('z', await makePerson(school, 'instructor'))).toEqual([])
})

test('what no text of a register holds is refused by every search, on either database', async () => {
  const search = 'Ada\0'
  const cursor = { key: search, name: search, id: '00000000-0000-0000-0000-000000000000' }
  const searches = [
    () => api().search.find({ text: search }),
    () => api().students.list({ search }),
    () => api().students.count({ gradeLevel: search }),
    () => api().students.list({ cursor }),
    () => api().classes.list({ search }),
    () => api().guardians.count({ search }),
  ]
  for (const found of searches) await expect(found()).rejects.toMatchObject({ cause: { reason: 'input.unstorable' } })
})

test('nothing typed finds nothing', async () => {
  expect(await find(registrar, '  , ')).toEqual({
    students: [],
    instructors: [],
    guardians: [],
    classes: [],
    courses: [],
    rooms: [],
  })
})
