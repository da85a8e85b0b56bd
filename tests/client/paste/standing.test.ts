import { expect, test } from 'vitest'
import { frame } from '../../../client/messages/en/frame.ts'
import { studentForm as studentWords } from '../../../client/messages/en/student-form.ts'
import { formatsFor } from '../../../client/messages/formats.ts'
import type { PastedRow, Rules } from '../../../client/paste/check-rows.ts'
import { checkRow } from '../../../client/paste/check-rows.ts'
import type { Known } from '../../../client/paste/standing.ts'
import { choiceOf, decide, sentItems } from '../../../client/paste/standing.ts'
import { formOf, personFields } from '../../../client/records/form-of.ts'
import type { AnyRecord } from '../../../client/records/record-kind.ts'
import { createStudentInput } from '../../../server/students/input.ts'

interface Child extends AnyRecord {
  givenName: string
  familyName: string
  middleName: string | null
  preferredName: string | null
  number: string | null
  gradeLevel: string | null
  birthDate: string | null
}
const shape = formOf<Child>()({
  name: 'student',
  schema: createStudentInput,
  fields: {
    ...personFields,
    number: { is: 'text' },
    gradeLevel: { is: 'text' },
    birthDate: { is: 'day' },
    status: null,
    programId: null,
    isInternational: null,
    isCoop: null,
    email: null,
    entryDate: null,
    sex: null,
    homeLanguage: null,
    previousSchool: null,
    medicalNote: null,
    addresses: null,
  },
})
const columns = ['familyName', 'givenName', 'number', 'gradeLevel', 'birthDate']
const cell = (name: string) => ({
  name,
  label: name,
  heads: [],
  fills: [name],
  read: (text: string) => ({ values: { [name]: text } }),
})
const formats = formatsFor('en-GB', 'Europe/London')
const rules = {
  shape,
  sentences: { kind: studentWords(formats), messages: { errors: frame(formats).errors } },
  mapping: columns,
  fields: columns.map(cell),
} as unknown as Rules
const row = (id: number, cells: string[], choice?: string): PastedRow => ({ id, cells, isLeftOut: false, choice })
let made = 0
const child = (familyName: string, more: Partial<Child> = {}): Known => {
  const id = `id${++made}`
  const record: Child = {
    ...{ id, version: 3, archivedAt: null, givenName: 'Kim', familyName, middleName: null, preferredName: null },
    ...{ number: null, gradeLevel: '07', birthDate: '2012-01-02', ...more },
  }
  return { record, values: shape.valuesOf(record) }
}
const decided = (rows: PastedRow[], known: Known[]) =>
  decide(
    rows.map((one) => checkRow(one, rules)),
    known,
    rules,
  )
const states = (rows: PastedRow[], known: Known[]) => decided(rows, known).map(({ state }) => state)

test('a row that says nothing else than the register is left alone; empty cells say nothing', () => {
  const known = [child('Abara', { number: 'A-1' })]
  expect(states([row(1, ['Abara', 'Kim', 'A-1', '07', '2012-01-02'])], known)).toEqual(['same'])
  expect(states([row(1, ['abara', 'Kim', '', '', ''])], known)).toEqual(['ask'])
  expect(states([row(1, ['Abara', 'Kim', '', '', ''])], known)).toEqual(['same'])
})

test('a child is known by the number, else by name and birth date, and people say what to do', () => {
  const known = [child('Abara', { number: 'A-1' })]
  const other = ['Other', 'Name', 'A-1', '08', '2013-01-02']
  expect(states([row(1, other)], known)).toEqual(['ask'])
  expect(states([row(1, ['Abara', 'Kim', '', '08', '2012-01-02'])], known)).toEqual(['ask'])
  expect(states([row(1, ['Abara', 'Kim', '', '08', '2013-09-09'])], known)).toEqual(['ready'])
  expect(states([row(1, other, 'add')], known)).toEqual(['ask'])
  expect(states([row(1, other, 'skip')], known)).toEqual(['out'])
})

test('an update says only what differs, of the version that was seen; of another version it is asked again', () => {
  const one = child('Abara')
  const cells = ['Abara', 'Kim', '', '08', '2012-01-02']
  const [item] = sentItems(decided([row(1, cells, choiceOf(one))], [one])).map((sent) => sent.item)
  expect(item).toEqual({ id: one.record.id, version: 3, gradeLevel: '08' })
  const later = { ...one, record: { ...one.record, version: 4 } }
  expect(states([row(1, cells, choiceOf(one))], [later])).toEqual(['ask'])
})

test('of two children of one name and birth date nobody guesses; as many rows as there are of them are theirs', () => {
  const twins = [child('Twin'), child('Twin')]
  const cells = ['Twin', 'Kim', '', '07', '2012-01-02']
  expect(states([row(1, cells), row(2, cells), row(3, cells)], twins)).toEqual(['same', 'same', 'ask'])
  const [differing] = decided([row(1, ['Twin', 'Kim', '', '08', ''])], twins)
  expect(differing?.standing).toMatchObject({ is: 'known', among: twins })
})

test('the same child twice in the block is told at the later row, which can complete the earlier one', () => {
  const rows = [row(1, ['New', 'Kim', 'N-1', '', '2012-01-02']), row(2, ['New', 'Kim', '', '09', ''])]
  const asked = decided(rows, [])
  expect(asked.map(({ state }) => state)).toEqual(['ready', 'ask'])
  const by = ['familyName', 'givenName']
  expect(asked[1]?.standing).toEqual({ is: 'twin', of: 1, canJoin: true, by })
  const [first, second] = rows as [PastedRow, PastedRow]
  const joined = sentItems(decided([first, { ...second, choice: 'join' }], []))
  expect(joined.map(({ item }) => item)).toMatchObject([{ number: 'N-1', gradeLevel: '09', birthDate: '2012-01-02' }])
  expect(sentItems(decided([first, { ...second, choice: 'add' }], []))).toHaveLength(2)
})

test('who is archived is neither updated nor added without a word', () => {
  const gone = child('Gone', { archivedAt: '2026-01-01' })
  const cells = ['Gone', 'Kim', '', '08', '2012-01-02']
  expect(states([row(1, cells), row(2, cells, 'add')], [gone])).toEqual(['ask', 'ready'])
  expect(states([row(1, cells, choiceOf(gone))], [gone])).toEqual(['ask'])
})

test('a child whose name is a sign alone is found again', () => {
  const known = [child("'", { givenName: '' }), child('.', { givenName: '' })]
  const rows = ["'", '.', '-'].map((familyName, n) => row(n + 1, [familyName, '', '', '07', '2012-01-02']))
  expect(states(rows, known)).toEqual(['same', 'same', 'ready'])
})

test('a new record says how many in use it was seen to equal, archived ones not counted', () => {
  const known = [child('Twin'), child('Twin'), child('Gone', { archivedAt: '2026-01-01' })]
  const others = (familyName: string) => [familyName, 'Kim', '', '08', '2012-01-02']
  const rows = [row(1, others('New')), row(2, others('Twin'), 'add'), row(3, others('Gone'), 'add')]
  expect(sentItems(decided(rows, known)).map(({ item }) => item)).toMatchObject([
    { beside: 0 },
    { beside: 2 },
    { beside: 0 },
  ])
})

test('of two rows it is said by what they are the same', () => {
  const rows = [
    row(1, ['New', 'Kim', 'N-1', '', '2012-01-02']),
    row(2, ['Other', 'Lee', 'N-1', '', '']),
    row(3, ['New', 'Kim', '', '', '2012-01-02']),
  ]
  const standings = decided(rows, []).map(({ standing }) => standing)
  expect(standings).toMatchObject([
    { is: 'new' },
    { is: 'twin', of: 1, by: ['number'] },
    { is: 'twin', of: 1, by: ['familyName', 'givenName', 'birthDate'] },
  ])
})

test('of rows that mean one record, the one that repeats it is that record, wherever it stands', () => {
  const known = [child('Osei', { number: 'O-1' })]
  const again = row(2, ['Osei', 'Kim', 'O-1', '07', '2012-01-02'])
  expect(states([row(1, ['Osei', 'Kim', '', '08', '']), again], known)).toEqual(['ask', 'same'])
})

test('a row that says less leaves to one that says more the record that both equal', () => {
  const known = [child('Yeo', { gradeLevel: '09' }), child('Yeo', { gradeLevel: null, birthDate: null })]
  expect(states([row(1, ['Yeo', 'Kim', '', '', '']), row(2, ['Yeo', 'Kim', '', '09', ''])], known)).toEqual([
    'same',
    'same',
  ])
})
