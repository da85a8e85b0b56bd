import { expect, test } from 'vitest'
import type { Inputs } from '../../../client/trpc.ts'
import { daysIn, firstWeekday } from '../../../server/schools/read.ts'
import { as, makePerson } from '../../setup/people.ts'
import { doing, later, registrar, school, undo } from '../../setup/school.ts'

const admin = await makePerson(school, 'administrator')
const settings = () => as(admin).schools.get()
type Change = Omit<Inputs['schools']['update'], 'version'>
const change = async (fields: Change, who = admin) => {
  const { version } = await settings()
  return doing((api) => api.schools.update({ version, ...fields }), who)
}

const grades = [
  { code: '07', name: 'Year 7' },
  { code: 'Sixth form', name: 'Sixth form' },
]

test('what an administrator sets is what all pages go by', async () => {
  const terms = [{ name: 'Autumn', begins: '09-01', ends: '12-18' }]
  await change({
    name: 'Northgate High',
    weekdays: [7, 1, 2],
    gradeLevels: grades,
    yearBegins: '09-01',
    usualTerms: terms,
  })
  expect(await settings()).toMatchObject({ name: 'Northgate High', weekdays: [1, 2, 7], usualTerms: terms })
  const { person } = await as(registrar).session.get()
  expect(person?.schools[0]).toMatchObject({
    weekdays: [1, 2, 7],
    gradeLevels: grades,
    yearBegins: '09-01',
    yearEnds: null,
  })
})

test('a setting that is not given stays, and nothing to change writes nothing', async () => {
  await change({ idleMinutes: 30 })
  const before = await settings()
  const operation = await change({ idleMinutes: 30 })
  expect(await settings()).toEqual(before)
  await expect(undo(operation, admin)).rejects.toThrow('operation.not_found')
})

test('an undo brings settings back, and another undo the change', async () => {
  await change({ timeZone: 'Europe/London', gradeLevels: [], studentNumberPattern: null })
  const before = await settings()
  const operation = await change({ timeZone: 'Pacific/Auckland', gradeLevels: grades, studentNumberPattern: 'N-###' })
  const { operationId, about } = await undo(operation, admin)
  expect(about).toMatchObject({ deed: 'change', entity: 'school' })
  expect(await settings()).toEqual({ ...before, version: before.version + 2 })
  await undo(operationId, admin)
  expect(await settings()).toMatchObject({
    timeZone: 'Pacific/Auckland',
    gradeLevels: grades,
    nextStudentNumber: 'N-001',
  })
})

test('an undo after somebody else’s change of the settings is refused with who it was', async () => {
  const operation = await change({ name: 'First' })
  await change({ name: 'Second' })
  await expect(undo(operation, admin)).rejects.toMatchObject({
    cause: { reason: 'undo.changed', details: { records: [{ entity: 'school', by: 'The administrator' }] } },
  })
})

test('the change that made the school is not undone', async () => {
  const { rows } = await as(admin).journal.list({ entity: 'school' })
  await expect(undo(rows.at(-1)?.id ?? '', admin)).rejects.toThrow(/^undo\./)
})

test('settings that somebody else changed meanwhile are not overwritten', async () => {
  const { version } = await settings()
  await change({ weekdays: [1, 2, 3, 4, 5, 6] })
  const late = as(admin).schools.update({ version, weekdays: [1] })
  await expect(late).rejects.toMatchObject({
    cause: { reason: 'school.stale', details: { changes: [{ fields: ['weekdays'] }] } },
  })
})

test.each<[string, Change]>([
  ['no day of the week', { weekdays: [] }],
  ['a day twice', { weekdays: [1, 1] }],
  ['an eighth day', { weekdays: [8] }],
  ['a zone that is none', { timeZone: 'Leeds' }],
  [
    'a grade level twice, composed and not',
    {
      gradeLevels: [
        { code: '\u00e9', name: 'one' },
        { code: 'e\u0301', name: 'other' },
      ],
    },
  ],
  ['a grade level twice', { gradeLevels: [...grades, { code: '8', name: 'year  7' }] }],
  ['a pattern without a digit', { studentNumberPattern: 'S{year}' }],
  ['a pattern with digits at two places', { studentNumberPattern: '#-#' }],
  ['a pattern with a word nobody knows', { studentNumberPattern: '{month}##' }],
  ['a day that no year has', { yearBegins: '02-30' }],
  ['sessions that last longer than the register lets them', { sessionHours: 25 }],
  ['sessions that are idle longer than the register lets them', { idleMinutes: 481 }],
])('%s is refused', async (_, fields) => {
  await expect(change(fields)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})

test('history tells of each setting in words', async () => {
  await change({ gradeLevels: [{ code: '09', name: 'Grade 9' }], idleMinutes: 60 })
  await change({ gradeLevels: grades, idleMinutes: 15 })
  const { rows } = await as(admin, later(0)).journal.list({ entity: 'school' })
  expect(rows[0]?.entries[0]?.fields).toEqual([
    { name: 'gradeLevels', before: '09 Grade 9', after: '07 Year 7, Sixth form Sixth form' },
    { name: 'idleMinutes', before: 60, after: 15 },
  ])
})

test.each([
  ['12345', 1],
  ['123456', 1],
  ['1234567', 1],
  ['12347', 7],
  ['12367', 6],
  ['1245', 1],
  ['3', 3],
])('the week of a school that is open on %s begins on day %d', (open, first) => {
  expect(firstWeekday(daysIn(open))).toBe(first)
})
