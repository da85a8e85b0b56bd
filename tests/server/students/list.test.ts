import { beforeAll, expect, test } from 'vitest'
import type { ListStudentsInput } from '../../../server/students/input.ts'
import { listStudentsInput } from '../../../server/students/input.ts'
import { studentList } from '../../../server/students/list.ts'
import type { Person } from '../../../server/trpc.ts'
import { as, contextOf, makePerson } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'
import { api, registrar, school } from '../../setup/school.ts'

let viewer: Person
const families = ['Zimmer', 'adams', 'O’Neil', 'Van Dyk', 'Van', 'de la Cruz', 'Ángel', 'Öberg', 'Łukasz', 'Strauß']
const grades = ['KG', '10', '09', '01', 'PK']

beforeAll(async () => {
  viewer = await makePerson(school, 'viewer')
  for (const [n, familyName] of families.entries())
    await api().students.create({
      givenName: `Given${n}`,
      familyName,
      number: n % 2 ? `S-${100 + n}` : null,
      email: 'family@home.example',
      birthDate: '2012-02-29',
      gradeLevel: grades[n % grades.length] ?? null,
      status: n === 3 ? 'inactive' : 'active',
    })
})

type Query = Partial<Omit<ListStudentsInput, 'cursor'>>
const names = async (query: Query = {}) => (await api().students.list(query)).rows.map((row) => row.familyName)
/** Walks the pages as the screen does. */
async function everyPage(query: Query, limit: number): Promise<string[]> {
  const found: string[] = []
  let cursor: ListStudentsInput['cursor'] = null
  do {
    const { rows, next } = await api().students.list({ ...query, limit, cursor })
    found.push(...rows.map((row) => row.familyName))
    cursor = next
  } while (cursor)
  return found
}

test('names stand in the order people expect, whatever their accents and capitals', async () => {
  expect(await names()).toEqual([
    'adams',
    'Ángel',
    'de la Cruz',
    'Łukasz',
    'Öberg',
    'O’Neil',
    'Strauß',
    'Van',
    'Van Dyk',
    'Zimmer',
  ])
})

test.each(['name', 'number', 'grade'] as const)(
  'pages by %s join without a gap or a double, both ways',
  async (sort) => {
    for (const descending of [false, true]) {
      const whole = await names({ sort, descending, limit: 200 })
      expect(await everyPage({ sort, descending }, 3)).toEqual(whole)
      expect(whole.toSorted()).toEqual(families.toSorted())
    }
  },
)

test('grades stand in school order', async () => {
  const { rows } = await api().students.list({ sort: 'grade' })
  expect([...new Set(rows.map((row) => row.gradeLevel))]).toEqual(['PK', 'KG', '01', '09', '10'])
})

test.each([
  ['oberg', ['Öberg']],
  ['ÖBERG', ['Öberg']],
  ['oneil', ['O’Neil']],
  ["o'neil", ['O’Neil']],
  ['lukasz', ['Łukasz']],
  ['strauss', ['Strauß']],
  ['cruz given5', ['de la Cruz']],
  ['s-103', ['Van Dyk']],
  ['nobody at all', []],
])('searching "%s" finds any part, in any order', async (search, expected) => {
  expect(await names({ search })).toEqual(expected)
  expect(await api().students.count({ search })).toBe(expected.length)
})

test.each(['%', '_', '\\', "' or 1=1 --"])('"%s" is a letter like any other to the search', async (search) => {
  expect(await names({ search })).toEqual([])
})

test('filters narrow together, and the count agrees', async () => {
  const filter = { gradeLevel: '09', status: 'active', search: 'home.example' } as const
  const rows = await names(filter)
  expect(rows.length).toBe(2)
  expect(await api().students.count(filter)).toBe(2)
})

test('an archived student leaves the list and stands among the archived, until she is restored', async () => {
  const { rows } = await api().students.list({ search: 'zimmer' })
  const [{ id = '', version = 0 } = {}] = rows
  const archived = await api().students.archive({ id, version })
  expect(await names({ search: 'zimmer' })).toEqual([])
  expect(await names({ archived: true })).toEqual(['Zimmer'])
  await api().students.restore({ id, version: archived.version })
  expect(await names({ search: 'zimmer' })).toEqual(['Zimmer'])
})

test('a number is free again once its holder is archived, and can be taken only once', async () => {
  const holder = await api().students.create({ givenName: 'A', familyName: 'Holder', number: 'N-1' })
  const second = { givenName: 'B', familyName: 'Holder', number: 'N-1' }
  await expect(api().students.create(second)).rejects.toMatchObject({
    cause: { reason: 'student.number_taken' },
  })
  const { version } = await api().students.archive({ id: holder.id, version: holder.version })
  await api().students.create(second)
  await expect(api().students.restore({ id: holder.id, version })).rejects.toMatchObject({
    cause: { reason: 'student.number_taken' },
  })
})

test('a viewer sees no birth dates', async () => {
  const seen = await as(viewer).students.list({ search: 'adams' })
  expect(seen.rows[0]).not.toHaveProperty('birthDate')
  const known = await api().students.list({ search: 'adams' })
  expect(known.rows[0]).toHaveProperty('birthDate', '2012-02-29')
  expect(JSON.stringify(await as(viewer).students.get({ id: known.rows[0]?.id ?? '' }))).not.toContain('2012-02-29')
})

test('an instructor sees the students of their own classes and nobody else', async () => {
  const school = registrar.memberships[0]?.school
  if (!school) throw new Error('no school')
  const mine = await makeRecords(school, 'Mine')
  const others = await makeRecords(school, 'Others')
  const instructor = await makePerson(school, 'instructor', mine.instructorId)
  const unlinked = await makePerson(school, 'instructor')
  const { rows } = await as(instructor).students.list({})
  expect(rows.map((row) => row.id)).toEqual([mine.studentId])
  expect(await as(instructor).students.count({})).toBe(1)
  await expect(as(instructor).students.get({ id: others.studentId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(as(instructor).classes.get({ id: others.classId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(as(instructor).enrollments.list({ studentId: others.studentId })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  expect(await as(instructor).enrollments.list({ studentId: mine.studentId })).toMatchObject([
    { classId: mine.classId },
  ])
  expect((await as(instructor).classes.list({})).rows.map((row) => row.id)).toEqual([mine.classId])
  expect((await as(unlinked).students.list({})).rows).toEqual([])
  expect((await as(unlinked).classes.list({})).rows).toEqual([])
})

test('a place in the order asks for the grade of the day once, however long its word is', () => {
  const asking = (query: object) => {
    const { query: statement } = studentList.statement(contextOf(registrar), listStudentsInput.parse(query))
    return statement.sql.split('from "school_enrollments"').length
  }
  // What is shown and what orders say it once each.
  expect(asking({ sort: 'grade' })).toBe(asking({}) + 2)
})
