import { expect, test } from 'vitest'
import { frame } from '../../../client/messages/en/frame.ts'
import { rooms } from '../../../client/messages/en/rooms.ts'
import { formatsFor } from '../../../client/messages/formats.ts'
import type { PastedRow, Rules } from '../../../client/paste/check-rows.ts'
import { checkRow, missingFields } from '../../../client/paste/check-rows.ts'
import type { HeadField } from '../../../client/paste/guess-fields.ts'
import { guessFields, hasHeads } from '../../../client/paste/guess-fields.ts'
import { readDay } from '../../../client/paste/read-day.ts'
import { formOf } from '../../../client/records/form-of.ts'
import type { AnyRecord } from '../../../client/records/record-kind.ts'
import { createRoomInput } from '../../../server/rooms/input.ts'

const fields: HeadField[] = [
  { name: 'familyName', label: 'Family name', heads: ['surname', 'last name'] },
  { name: 'givenName', label: 'Given name', heads: ['first name'] },
  { name: 'email', label: 'Email', heads: ['e-mail'], looksLike: (cell) => cell.includes('@') },
]

test('columns are known by their heads, however they are written, or by what is in them', () => {
  const rows = [
    ['SURNAME', 'First  Name', 'Contact'],
    ['Abara', 'Amara', 'a@x.example'],
  ]
  expect(hasHeads(rows, fields)).toBe(true)
  expect(guessFields(rows, true, fields)).toEqual(['familyName', 'givenName', 'email'])
  const bare = rows.slice(1)
  expect(hasHeads(bare, fields)).toBe(false)
  expect(guessFields(bare, false, fields)).toEqual([null, null, 'email'])
})

test('a file of a list has heads, though most of its columns are no fields', () => {
  const rows = [
    ['Family name', 'Programs', 'Courses', 'Classes'],
    ['Abara', '1', '0', '2'],
  ]
  const listHeads = ['Family name', 'Programs', 'Courses', 'Classes']
  expect(hasHeads(rows, fields, listHeads)).toBe(true)
  expect(hasHeads(rows, fields)).toBe(false)
  expect(hasHeads(rows.slice(1), fields, listHeads)).toBe(false)
  expect(hasHeads([['Programs', 'Courses']], fields, listHeads)).toBe(false)
})

test('a date of numbers is read once somebody has said which is the day', () => {
  expect(readDay('07/08/2015', 'en-GB', undefined)).toBeUndefined()
  expect(readDay('07/08/2015', 'en-GB', 'dayFirst')).toBe('2015-08-07')
  expect(readDay('07/08/2015', 'en-GB', 'monthFirst')).toBe('2015-07-08')
  expect(readDay('31.12.2015', 'de-DE', 'monthFirst')).toBeUndefined()
  expect(readDay('7 Jul 2015', 'en-GB', 'monthFirst')).toBe('2015-07-07')
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
