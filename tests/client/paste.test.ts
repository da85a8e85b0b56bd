import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvLines, defused } from '../../client/lists/csv.ts'
import type { PasteField } from '../../client/paste/guess-fields.ts'
import { guessFields, hasHeads } from '../../client/paste/guess-fields.ts'
import { readCells } from '../../client/paste/read-cells.ts'
import { readDay } from '../../client/paste/read-day.ts'

test('a block from a spreadsheet is read cell by cell', () => {
  expect(readCells('Family\tGiven\r\nAbara\tAmara\r\nO’Neil\t"Bo ""B""\tJr"\r\n\r\n')).toEqual([
    ['Family', 'Given'],
    ['Abara', 'Amara'],
    ['O’Neil', 'Bo "B"\tJr'],
  ])
})

test('a file with commas or semicolons, quotes and line ends in them is read too', () => {
  expect(readCells('\uFEFFa,b\n"1,5","two\nlines"\nshort')).toEqual([
    ['a', 'b'],
    ['1,5', 'two\nlines'],
    ['short', ''],
  ])
  expect(readCells('a;b\r1,5;2')).toEqual([
    ['a', 'b'],
    ['1,5', '2'],
  ])
  expect(readCells('')).toEqual([])
})

const plainCell = fc.string().filter((cell) => defused(cell) === cell)
const table = fc.integer({ min: 2, max: 5 }).chain((width) =>
  fc.array(
    fc.array(plainCell, { minLength: width, maxLength: width }).filter((row) => row.some((cell) => cell.trim())),
    { minLength: 1 },
  ),
)

test('whatever is written to a file is read back as it was', () => {
  fc.assert(
    fc.property(table, (rows) => {
      expect(readCells(csvLines(rows))).toEqual(rows)
    }),
  )
})

const fields: PasteField[] = [
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

test('a date of numbers is read once somebody has said which is the day', () => {
  expect(readDay('07/08/2015', 'en-GB', undefined)).toBeUndefined()
  expect(readDay('07/08/2015', 'en-GB', 'dayFirst')).toBe('2015-08-07')
  expect(readDay('07/08/2015', 'en-GB', 'monthFirst')).toBe('2015-07-08')
  expect(readDay('31.12.2015', 'de-DE', 'monthFirst')).toBeUndefined()
  expect(readDay('7 Jul 2015', 'en-GB', 'monthFirst')).toBe('2015-07-07')
})
