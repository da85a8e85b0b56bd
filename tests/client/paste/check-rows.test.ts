import { expect, test } from 'vitest'
import { frame } from '../../../client/messages/en/frame.ts'
import { rooms } from '../../../client/messages/en/rooms.ts'
import { formatsFor } from '../../../client/messages/formats.ts'
import type { PastedRow, Rules } from '../../../client/paste/check-rows.ts'
import { checkRow, missingFields } from '../../../client/paste/check-rows.ts'
import type { HeadField } from '../../../client/paste/guess-fields.ts'
import { areHeads, findHeads, guessFields, noHeads, takeHeads } from '../../../client/paste/guess-fields.ts'
import { areCapitals, isOrdered, nameOrderOf, recased } from '../../../client/paste/name-cells.ts'
import { movedRows, rowsOf, withoutTotals } from '../../../client/paste/paste-draft.ts'
import { dayOrderIn, readDay } from '../../../client/paste/read-day.ts'
import { formOf } from '../../../client/records/form-of.ts'
import type { AnyRecord } from '../../../client/records/record-kind.ts'
import { createRoomInput } from '../../../server/rooms/input.ts'

const fields: HeadField[] = [
  { name: 'familyName', label: 'Family name', heads: ['surname', 'last name'] },
  { name: 'givenName', label: 'Given name', heads: ['first name'] },
  { name: 'email', label: 'Email', heads: ['e-mail'], looksLike: (cell) => cell.includes('@') },
]

test('of two columns that could be one field, the one that is called so is it', () => {
  const rows = [
    ['Surname', 'Family name', 'First name'],
    ['A', 'Abara', 'Amara'],
  ]
  const heads = { rows: 1, labels: rows[0] ?? [] }
  expect(guessFields(rows, heads, fields)).toEqual([null, 'familyName', 'givenName'])
})

test('columns are known by their heads, however they are written, or by what is in them', () => {
  const rows = [
    ['SURNAME', 'First  Name', 'Contact'],
    ['Abara', 'Amara', 'a@x.example'],
  ]
  const heads = findHeads(rows, fields)
  expect(heads).toEqual({ rows: 1, labels: ['SURNAME', 'First  Name', 'Contact'] })
  expect(guessFields(rows, heads, fields)).toEqual(['familyName', 'givenName', 'email'])
  const bare = rows.slice(1)
  expect(findHeads(bare, fields)).toEqual(noHeads)
  expect(guessFields(bare, noHeads, fields)).toEqual([null, null, 'email'])
})

test('a file of a list has heads, though most of its columns are no fields', () => {
  const rows = [
    ['Family name', 'Programs', 'Courses', 'Classes'],
    ['Abara', '1', '0', '2'],
  ]
  const listHeads = ['Family name', 'Programs', 'Courses', 'Classes']
  const [first = [], second = []] = rows
  expect(areHeads(first, fields, listHeads)).toBe(true)
  expect(areHeads(first, fields)).toBe(false)
  expect(areHeads(second, fields, listHeads)).toBe(false)
  expect(areHeads(['Programs', 'Courses'], fields, listHeads)).toBe(false)
})

test("a column of the list's file that is no field is not guessed by what is in it", () => {
  const rows = [
    ['Family name', 'Guardian 3 email'],
    ['Abara', 'a@x.example'],
  ]
  const heads = { rows: 1, labels: rows[0] ?? [] }
  expect(guessFields(rows, heads, fields, ['Guardian 3 email'])).toEqual(['familyName', null])
  expect(guessFields(rows, heads, fields)).toEqual(['familyName', 'email'])
})

test('titles above the heads and heads in two rows are found, and unknown ones taken where somebody says so', () => {
  const parents: HeadField[] = [
    ...fields,
    { name: 'mother.phone', label: 'Mother: phone', heads: ['mother phone'] },
    { name: 'father.phone', label: 'Father: phone', heads: ['father phone'] },
  ]
  const groups = ['Student', '', 'Mother', '', 'Father', '']
  const heads = ['Surname', 'First name', 'Phone', 'Room', 'Phone', 'Room']
  const data = ['Abara', 'Amara', '1', 'A', '2', 'B']
  const titled = [['Class list 7B', '', '', '', '', ''], groups, heads, data]
  const found = findHeads(titled, parents)
  expect(found).toEqual({
    rows: 3,
    labels: ['Surname', 'First name', 'Mother Phone', 'Room', 'Father Phone', 'Room'],
  })
  expect(guessFields(titled, found, parents)).toEqual([
    'familyName',
    'givenName',
    'mother.phone',
    null,
    'father.phone',
    null,
  ])
  const below = [['Surname', 'First name', 'Mother', ''], ['', '', 'Phone', 'E-mail'], data.slice(0, 4)]
  expect(findHeads(below, parents)).toMatchObject({
    rows: 2,
    labels: ['Surname', 'First name', 'Mother Phone', 'E-mail'],
  })
  expect(takeHeads([['Nachname', 'Vorname'], data], parents)).toEqual({ rows: 1, labels: ['Nachname', 'Vorname'] })
})

test('a total, a page number and heads that come again are left out, and say why; a child called Total is not', () => {
  const heads = { rows: 1, labels: ['Name', 'Grade', 'Room'] }
  const cells = [
    ['Total', '30', ''],
    ['Total, Tina', '7', 'A1 East'],
    ['Page 2 of 3', '', ''],
    ['Name', 'Grade', 'Room'],
  ]
  const rows = withoutTotals(rowsOf([[], ...cells], heads), heads, ['total', 'page'])
  expect(rows.map(({ isLeftOut, why }) => [isLeftOut, why])).toEqual([
    [true, 'total'],
    [false, undefined],
    [true, 'total'],
    [true, 'heads'],
  ])
})

test('rows keep what was changed in them when the heads are told anew', () => {
  const cells = [
    ['Names', 'Place'],
    ['Aula', 'B'],
    ['Lab', 'C'],
  ]
  const rows = rowsOf(cells, noHeads).map((row) => (row.id === 3 ? { ...row, cells: ['Lab 2', 'C'] } : row))
  const moved = movedRows({ cells, heads: noHeads, mapping: [], rows }, { rows: 1, labels: ['Names', 'Place'] })
  expect(moved.map(({ id, cells: [name] }) => [id, name])).toEqual([
    [1, 'Aula'],
    [2, 'Lab 2'],
  ])
})

test('a date of numbers is read once somebody has said which is the day', () => {
  expect(readDay('07/08/2015', 'en-GB', undefined)).toBeUndefined()
  expect(readDay('07/08/2015', 'en-GB', 'dayFirst')).toBe('2015-08-07')
  expect(readDay('07/08/2015', 'en-GB', 'monthFirst')).toBe('2015-07-08')
  expect(readDay('31.12.2015', 'de-DE', 'monthFirst')).toBeUndefined()
  expect(readDay('7 Jul 2015', 'en-GB', 'monthFirst')).toBe('2015-07-07')
})

test('a date that can be read in one way only is asked about by nobody, and decides for the others', () => {
  expect(readDay('25/12/2011', 'en-US', undefined)).toBe('2011-12-25')
  expect(readDay('5/5/2011', 'en-US', undefined)).toBe('2011-05-05')
  expect(dayOrderIn(['03/04/2012', '', '5/5/2012'])).toEqual({ isOpen: true })
  expect(dayOrderIn(['03/04/2012', '25/12/2011'])).toEqual({ isOpen: false, decided: 'dayFirst', by: '25/12/2011' })
  expect(dayOrderIn(['03/04/2012', '12/25/2011'])).toMatchObject({ isOpen: false, decided: 'monthFirst' })
  expect(dayOrderIn(['03/04/2012', '12/25/2011', '25/12/2011'])).toEqual({ isOpen: true })
  expect(dayOrderIn(['12/25/2011', '25/12/2011', '7 Jul 2015'])).toEqual({ isOpen: false })
})

test('dates as spreadsheets keep them are read: with a midnight, in two digits, as a count of days', () => {
  expect(readDay('2012-03-04 00:00:00', 'en-GB', undefined)).toBe('2012-03-04')
  expect(readDay('25/12/2011 12:00 AM', 'en-GB', undefined)).toBe('2011-12-25')
  expect(readDay('25/12/11', 'en-GB', undefined, 2026)).toBe('2011-12-25')
  expect(readDay('25/12/98', 'en-GB', undefined, 2026)).toBe('1998-12-25')
  expect(readDay('40972', 'en-GB', undefined)).toBe('2012-03-04')
  expect(readDay('1001', 'en-GB', undefined)).toBeUndefined()
})

test('names in capitals become names; the order of names is guessed where families come first', () => {
  expect(
    ['DE LA CRUZ, JUAN', "O'BRIEN", 'MCDONALD', 'Amara', 'JEAN-LUC', 'ĐỖ THỊ LAN', 'D’ANGELO', 'X'].map(recased),
  ).toEqual(['de la Cruz, Juan', "O'Brien", 'McDonald', 'Amara', 'Jean-Luc', 'Đỗ Thị Lan', 'D’Angelo', 'X'])
  expect(areCapitals(['ABARA', 'NOVAK', 'Kim'])).toBe(true)
  expect(areCapitals(['Abara', '李', ''])).toBe(false)
  expect(nameOrderOf(['Nguyễn Văn An', 'Trần Thị Bích', 'Amara Abara'])).toBe('familyFirst')
  expect(nameOrderOf(['Juan de la Cruz', 'Le Roux', 'Amara Abara'])).toBe('familyLast')
  expect(isOrdered(['Abara, Amara', 'Sukarno'])).toBe(true)
})

const formats = formatsFor('en-GB', 'Europe/London')
const cell = (name: string) => ({
  name,
  label: name,
  heads: [],
  fills: [name],
  read: (text: string) => ({ values: { [name]: text } }),
})
const rules: Rules = {
  shape: formOf<AnyRecord & { name: string; seats: number | null }>()({
    name: 'room',
    schema: createRoomInput,
    fields: { name: { is: 'text' }, seats: { is: 'number' } },
  }),
  sentences: { kind: rooms(formats), messages: { errors: frame(formats).errors } },
  mapping: ['name', 'seats'],
  fields: [cell('name'), cell('seats')],
}
const row = (id: number, ...cells: string[]): PastedRow => ({ id, cells, isLeftOut: false })

test('a pasted row is checked by the rules of the form, and says at its column what is wrong', () => {
  expect(checkRow(row(1, ' Lab 1 ', '24'), rules)).toMatchObject({ item: { name: 'Lab 1', seats: 24 }, problems: {} })
  expect(checkRow(row(2, '', 'a few'), rules).problems).toEqual({
    name: 'Enter a name or number',
    seats: 'Enter a whole number, such as 30',
  })
  const nameless = { ...rules, mapping: [null, 'seats'] }
  expect(missingFields(nameless)).toEqual(['name'])
  expect(checkRow(row(3, 'Lab 1', '24'), nameless).problems).toEqual({ name: 'Enter a name or number' })
  const refused = { ...row(4, 'Lab 1', ''), refusals: { name: 'Another room has this name.' } }
  expect(checkRow(refused, rules).problems).toEqual({ name: 'Another room has this name.' })
})
