import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { sessions } from '../server/demo/curriculum.ts'
import { browserDateTests, browserDateTestsIn, otherBrowserTestsIn, serverDateTests } from './date-tests.ts'
import { momentOf } from './moments.ts'

const root = join(import.meta.dirname, '..')
/** In which the tests that begin at a moment have come to what is special about it. */
const minutes = 2 * 60_000
const written = (at: Date, timeZone: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-US', { timeZone, ...options }).format(at)
/** Before and after it has passed. */
function around(name: string, timeZone: string, options: Intl.DateTimeFormatOptions): [string, string] {
  const { at = new Date(Number.NaN) } = momentOf(name)
  return [written(at, timeZone, options), written(new Date(at.getTime() + minutes), timeZone, options)]
}

it.each([
  ['new-year', 'Europe/London', { dateStyle: 'short' }, '12/31/27', '1/1/28'],
  ['leap-day', 'Europe/London', { dateStyle: 'short' }, '2/29/28', '3/1/28'],
  ['london-spring', 'Europe/London', { timeStyle: 'short' }, '12:59 AM', '2:01 AM'],
  ['london-autumn', 'Europe/London', { timeStyle: 'short' }, '1:59 AM', '1:01 AM'],
  ['new-york-spring', 'America/New_York', { timeStyle: 'short' }, '1:59 AM', '3:01 AM'],
  ['new-york-autumn', 'America/New_York', { timeStyle: 'short' }, '1:59 AM', '1:01 AM'],
  ['sunday', 'Europe/London', { weekday: 'long' }, 'Sunday', 'Sunday'],
] as const)('the moment %s in %s passes while the tests run', (name, timeZone, options, before, after) => {
  expect(around(name, timeZone, options).map((text) => text.replace('\u202f', ' '))).toEqual([before, after])
})

it('the demo’s school year ends when its moment passes', () => {
  const { endDate } = sessions.find(({ key }) => key === 'year') ?? {}
  const { at = new Date(Number.NaN) } = momentOf('demo-ends')
  const days = [at, new Date(at.getTime() + minutes)].map((moment) =>
    new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(moment),
  )
  expect(days[0]).toBe(endDate)
  expect(days[1]).not.toBe(endDate)
})

it('tests that write a day or speak of today are chosen, and what a whole file shares chooses the file', () => {
  expect(serverDateTests()).toContain('tests/server/home/changes.test.ts')
  expect(serverDateTests()).not.toContain('tests/server/access.test.ts')
  expect(browserDateTests()).toContain('tests/e2e/registrars-day.test.ts')
  const shared = "import { term } from './days.ts'\nconst days = 1\n"
  const tests = "test('one', () => 1)\n  test('two', () => term.startDate)\n  test('three', () => 'Yesterday')\n"
  expect(browserDateTestsIn('a.test.ts', shared + tests)).toEqual(['a.test.ts:4', 'a.test.ts:5'])
  const sharing = `${shared}const first = term.startDate\n${tests}`
  expect(browserDateTestsIn('a.test.ts', sharing)).toEqual(['a.test.ts'])
  expect(otherBrowserTestsIn('a.test.ts', shared + tests)).toEqual(['a.test.ts:3'])
  expect(otherBrowserTestsIn('a.test.ts', sharing)).toEqual([])
  expect(otherBrowserTestsIn('a.test.ts', "test('one', () => 1)\n")).toEqual(['a.test.ts'])
})

it('every browser test begins where its file can be cut: no other form of a test is left out', () => {
  const folder = join(root, 'tests/e2e')
  const files = readdirSync(folder).filter((file) => file.endsWith('.test.ts'))
  const others = files.flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => /^ *test\.(?:only|skip|fixme|fail|each)\(/.test(line) || /[;{}>] *test\(/.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  )
  expect(others).toEqual([])
})

it('no statement asks a database for the time: it is the server’s, the one clock there is to change', () => {
  const asks = /\b(?:clock_timestamp|statement_timestamp|transaction_timestamp|strftime|julianday|unixepoch)\b/
  const constants =
    /\bcurrent_(?:timestamp|date|time)\b|\blocaltime\b|\bdefaultNow\b|['"`(, ]now\(\)(?![:\s]*(?:number|=>))[^\n]*['"`]/i
  const files = ['db', 'server', 'drizzle'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      // The lint names such functions, to warn of them.
      .filter((file) => /(?<!^lint\/.*)\.(?:ts|sql)$/.test(file))
      .map((file) => join(folder, file)),
  )
  const asking = files.filter((file) => {
    const text = readFileSync(join(root, file), 'utf8')
    return asks.test(text) || constants.test(text)
  })
  expect(files.length).toBeGreaterThan(100)
  expect(asking).toEqual([])
})
