/** Which tests depend on dates. Their own text tells, so that a test that is added is among them by itself. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `${folder}/${file}`)
    .toSorted()
const textOf = (file: string) => readFileSync(join(root, file), 'utf8')

/** A server test writes a day, takes one from setup/school.ts, or asks the clock. */
const writesDay = /\b\d{4}-\d\d-\d\d\b|\b(?:makeTerm|later)\(|\bnew Date\(\)|\bDate\.now\(\)/
export const dependsOnDates = (file: string): boolean => writesDay.test(textOf(file))
export const serverDateTests = (): string[] =>
  ['tests/client', 'tests/db', 'tests/server'].flatMap(filesIn).filter(dependsOnDates)

/** A browser test counts its days from the one on which it runs (days.ts), or speaks of that day. */
const speaksOfToday = /\b(?:firstDay|nextTerm|nextYear|written\(|term\.|this term|today|yesterday)/i
const begins = /^ *test\(/

/** The lines of a file, or `all` of it, of whose tests this is asked: those that depend on dates, by what they say. */
function linesOfDates(text: string): { dates: number[]; others: number[] } | 'all' {
  const lines = text.split('\n')
  const starts = lines.flatMap((line, index) => (begins.test(line) ? [index] : []))
  const speaks = (from: number, to?: number) =>
    lines.slice(from, to).some((line) => !line.startsWith('import ') && speaksOfToday.test(line))
  if (speaks(0, starts[0])) return 'all'
  const isOfDates = (start: number, index: number) => speaks(start, starts[index + 1])
  return {
    dates: starts.filter(isOfDates).map((start) => start + 1),
    others: starts.filter((start, index) => !isOfDates(start, index)).map((start) => start + 1),
  }
}

/** As Playwright chooses them, by file and line: those tests, or the file whose shared part is what depends on dates. */
export function browserDateTestsIn(file: string, text: string): string[] {
  const lines = linesOfDates(text)
  return lines === 'all' ? [file] : lines.dates.map((line) => `${file}:${line}`)
}
/** The others, likewise: a file none of whose tests depend on dates as a whole. */
export function otherBrowserTestsIn(file: string, text: string): string[] {
  const lines = linesOfDates(text)
  if (lines === 'all') return []
  return lines.dates.length ? lines.others.map((line) => `${file}:${line}`) : [file]
}

const inBrowser = (choose: (file: string, text: string) => string[]): string[] =>
  filesIn('tests/e2e').flatMap((file) => choose(file, textOf(file)))
export const browserDateTests = (): string[] => inBrowser(browserDateTestsIn)
export const otherBrowserTests = (): string[] => inBrowser(otherBrowserTestsIn)
