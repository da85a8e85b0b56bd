import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvOf, defused, fileName, undefused } from '../../../client/lists/csv.ts'
import { separatorOf, separators } from '../../../client/lists/csv-separator.ts'
import { colsOf, shownColumns } from '../../../client/lists/list-columns.ts'
import { pagesOf } from '../../../client/lists/list-sheet.ts'
import { isSameView, viewSearch, viewText } from '../../../client/lists/view-text.ts'
import { cases } from '../../thorough.ts'

/** Cells as people and attackers type them. */
const cell = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.string({
    unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', ' ', ',', ';', '"', "'", '7', 'a', 'é', '＝'),
  }),
)
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }))
const read = (file: string, delimiter = ','): string[][] =>
  parse(file, { bom: true, delimiter, relax_column_count: false, record_delimiter: '\r\n' }) as string[][]

test('another program reads out of the file what was in the list', () => {
  fc.assert(
    fc.property(table, fc.constantFrom(...separators), (rows, separator) => {
      const withText = rows.map((row) => ['x', ...row])
      expect(read(csvOf(withText, separator), separator)).toEqual(withText.map((row) => row.map(defused)))
    }),
    { numRuns: cases(100, 500) },
  )
})

const isPlainNumber = (text: string) => /^-?\d+([.,]\d+)?$/.test(text)
const isFormula = (text: string) => /^\s*[=+\-@＝＋－＠]/.test(text) && !isPlainNumber(text)

test('no cell of the file is run by a spreadsheet', () => {
  fc.assert(
    fc.property(cell, (text) => {
      const written = read(csvOf([['x', text]]))[0]?.[1] ?? ''
      expect(isFormula(written)).toBe(false)
      expect(written).not.toMatch(/^[\t\r\n]/)
      expect(written.replaceAll("'", '')).toBe(text.replaceAll("'", ''))
    }),
    { numRuns: cases(200, 1_000), examples: [['-7;'], ['-7\t1'], ['-7,5;']] },
  )
})

test('the apostrophe that keeps a cell from being run is known from one of its own', () => {
  fc.assert(
    fc.property(cell, (text) => {
      expect(undefused(defused(text))).toBe(text)
    }),
    {
      numRuns: cases(400, 2_000),
      examples: [["'=1"], ['=1'], ["''-x"], ["'t Hooft"], ['-7;'], ["'-7;"], [' \t=1'], ["' \t=1"], ["'\t"], ['a;=b']],
    },
  )
  expect(["'=1", "'+1 555 0100", "'t Hooft", "'-5"].map(defused)).toEqual(["''=1", "''+1 555 0100", "'t Hooft", "'-5"])
})

/** As a spreadsheet that goes by another separator than the file's, and forgives what it can't mean. */
const misread = (file: string, delimiter: string) =>
  (parse(file, { bom: true, delimiter, relax_quotes: true, relax_column_count: true }) as string[][]).flat()

test('nor by one that takes another sign for the separator', () => {
  const formulas = ["7;=1+cmd|' /C calc'!A0;x", '7\t=1+1', '7,=1+1', '7;"=1+1"', '7;-1+1', '7\n@SUM(A1)', '7; ＝1']
  for (const separator of separators)
    for (const opened of separators) {
      for (const text of formulas)
        for (const row of [
          ['Bell', text],
          [text, 'Bell'],
          ['a"b', text, '07'],
        ])
          expect(misread(csvOf([row], separator), opened).filter(isFormula), `${text} ${separator} ${opened}`).toEqual(
            [],
          )
    }
  expect(defused("Bea;=1+cmd|' /C calc'!A0;x")).toBe("Bea;'=1+cmd|' /C calc'!A0;x")
})

test.each([
  ['en-GB', ','],
  ['en-US', ','],
  ['ja-JP', ','],
  ['es-MX', ','],
  ['de-DE', ';'],
  ['de-CH', ';'],
  ['fr-FR', ';'],
  ['nl-BE', ';'],
  ['pt-BR', ';'],
  ['ar-EG', ';'],
])('a spreadsheet of %s expects %s between the cells', (locale, separator) => {
  expect(separatorOf(locale)).toBe(separator)
})

test('numbers stay numbers, and what only looks like one becomes text', () => {
  expect(['-5', '-5,25', '1000', '-5%', '-1+cmd|/C calc', '+44 20', '=1', ' =1', '@x', 'a=1'].map(defused)).toEqual([
    '-5',
    '-5,25',
    '1000',
    "'-5%",
    "'-1+cmd|/C calc",
    "'+44 20",
    "'=1",
    "' =1",
    "'@x",
    'a=1',
  ])
})

test('a file says that it is UTF-8 and ends its lines as the standard has it', () => {
  expect(
    csvOf([
      ['Öberg', 'a"b'],
      ['', 'x,y'],
    ]),
  ).toBe('\uFEFFÖberg,"a""b"\r\n,"x,y"\r\n')
})

const columns = [{ id: 'name' }, { id: 'number' }, { id: 'email', from: 900 }, { id: 'marks', isExtra: true }]
const ids = (cols?: string) => shownColumns(columns, cols).map(({ id }) => id)

test('the chosen columns are shown, the usual ones when nobody chose, the first one always', () => {
  expect(ids()).toEqual(['name', 'number', 'email'])
  expect(ids('marks,number,marks')).toEqual(['name', 'marks', 'number'])
  expect(ids('nothing')).toEqual(['name', 'number', 'email'])
  expect(ids('name')).toEqual(['name'])
  expect(shownColumns(columns, 'email').at(1)?.from).toBe(0)
})

test('the address names the columns only when they are not the usual ones', () => {
  expect(colsOf(columns, ['number', 'email'])).toBeUndefined()
  expect(colsOf(columns, ['marks'])).toBe('marks')
  expect(ids(colsOf(columns, []))).toEqual(['name'])
})

test('a view is the same however its address is written, and whoever is open beside it', () => {
  const text = viewText({ grade: '07', q: 'a&b=c', sort: undefined, student: 'x' })
  expect(text).toBe('grade=07&q=a%26b%3Dc')
  expect(viewSearch(text)).toEqual({ grade: '07', q: 'a&b=c' })
  expect(isSameView('q=a%26b%3Dc&grade=07', text)).toBe(true)
  expect(isSameView('grade=08', text)).toBe(false)
})

test('a list of many pages is read to its end, each page once', async () => {
  const cursor = (name: string) => ({ key: '', name, id: name })
  const pages = [
    { rows: [1, 2], next: cursor('b') },
    { rows: [3], next: cursor('c') },
    { rows: [], next: null },
  ]
  const asked: (string | undefined)[] = []
  const rows: number[] = []
  const ask = async (from: ReturnType<typeof cursor> | null) => {
    asked.push(from?.name)
    return pages[asked.length - 1] ?? { rows: [], next: null }
  }
  for await (const page of pagesOf<number>(ask)) rows.push(...page)
  expect(rows).toEqual([1, 2, 3])
  expect(asked).toEqual([undefined, 'b', 'c'])
})

test.each([
  ['Maths 7a', 'Maths 7a'],
  ['../../etc/passwd', '-..-etc-passwd'],
  ['..\\..\\x', '-..-x'],
  ['.bashrc', 'bashrc'],
  ['a"; filename="b.exe\r\nSet-Cookie: x', 'a-; filename=-b.exe-Set-Cookie- x'],
  ['roster\u202evsc.exe', 'roster-vsc.exe'],
])('a list called %j is saved as a file and as nothing else', (title, name) => {
  expect(fileName(title)).toBe(name)
})
