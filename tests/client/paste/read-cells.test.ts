import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvLines, csvOf } from '../../../client/lists/csv.ts'
import { separators } from '../../../client/lists/csv-separator.ts'
import { readCells, separatorIn } from '../../../client/paste/read-cells.ts'
import { cases } from '../../thorough.ts'

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
  expect(readCells('a,b\n1,')).toEqual([
    ['a', 'b'],
    ['1', ''],
  ])
  expect(readCells('')).toEqual([])
})

test('one column stays one, whatever its cells hold', () => {
  expect(readCells('Name\nThumb, Tom\nSmith; Jr., Sam')).toEqual([['Name'], ['Thumb, Tom'], ['Smith; Jr., Sam']])
})

test('a line at the top says what stands between the cells, else the heads show it, else the place decides', () => {
  expect(readCells('sep=;\r\na,b;c\r\n1;2')).toEqual([
    ['a,b', 'c'],
    ['1', '2'],
  ])
  expect(readCells('"sep=,"\na;b;c,d')).toEqual([['a;b;c', 'd']])
  expect(separatorIn('a;b,c', ',')).toBe(',')
  expect(separatorIn('a;b,c', ';')).toBe(';')
  expect(separatorIn('"a;b;c",d', ';')).toBe(',')
  expect(readCells('a;b\n1;2', ',')).toEqual([['a;b'], ['1;2']])
})

test('a quote that is never closed swallows no other row', () => {
  expect(readCells('Name,Room\n"Stone,1\nRock "the",2\n"Wood" hard,3')).toEqual([
    ['Name', 'Room'],
    ['"Stone', '1'],
    ['Rock "the"', '2'],
    ['"Wood" hard', '3'],
  ])
})

test('what spreadsheets and our own files write so that a cell stays a text is not part of it', () => {
  expect(readCells(`"=""01001""",'+1 555 0100,'t Hooft,'=1`)).toEqual([['01001', '+1 555 0100', "'t Hooft", '=1']])
})

const cell = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', ' ', ',', ';', '"', "'", '7', 'a', '＝') }),
)
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width })))

test('whatever is written to a file is read back as it was, by each separator', () => {
  fc.assert(
    fc.property(table, fc.constantFrom(...separators), (rows, separator) => {
      const headed = [['a', ...(rows[0] ?? []).map(() => 'b')], ...rows.map((row) => ['x', ...row])]
      const file = csvOf(headed, separator)
      expect(readCells(file)).toEqual(headed)
      expect(readCells(`sep=${separator}\r\n${csvLines(headed, separator)}`)).toEqual(headed)
    }),
    { numRuns: cases(200, 1_000) },
  )
})
