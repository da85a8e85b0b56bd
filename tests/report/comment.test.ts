import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bundleText, imageText, sizesOf } from './bundle.ts'
import { commentOf, coverageText, marker, testsText } from './comment.ts'
import { changedLines, reachedIn } from './coverage.ts'
import { reportsIn } from './folder.ts'
import { suitesOf } from './results.ts'

/** Cut out of reports of real runs. */
const recorded = reportsIn(join(import.meta.dirname, 'recorded'))
const nothing = reportsIn(join(import.meta.dirname, 'recorded/none'))

test('tests are told by suite and Node, and those that failed by name', () => {
  expect(testsText(recorded.suites)).toBe(
    [
      '| suite | Node | passed | failed | skipped |',
      '| --- | ---: | ---: | ---: | ---: |',
      '| browser | 24 | 1 | 1 | 0 |',
      '| sqlite, 1 of 2 parts reported | 24 | 2 | 2 | 1 |',
      '',
      '- browser, Node 24: `tests/e2e/phone.test.ts: @school <b>the roll</b> fits the screen`',
      '- sqlite, Node 24: `tests/server/students/enroll.test.ts: a full class takes nobody in`',
      '- sqlite, Node 24: `tests/server/broken.test.ts`',
    ].join('\n'),
  )
})

test('what is no report, or has a name of its own, is left out', () => {
  const json = { numPassedTests: 1, numFailedTests: 0, numPendingTests: 0, testResults: [] }
  const names = ['sqlite.node24.json', '<b>.node24.json', 'sqlite.1-2.json', 'x.1-999.node24.json']
  expect(suitesOf(names.map((name) => ({ name, json }))).map(({ name }) => name)).toEqual(['sqlite'])
  const strange = [undefined, 3, { stats: {} }, { ...json, numPassedTests: 1e99 }, { ...json, numPassedTests: '1' }]
  expect(suitesOf(strange.map((json) => ({ name: 'unit.node24.json', json })))).toEqual([])
})

test('coverage is told in total, of the change, and of the files that lost', () => {
  const before = reachedIn(['SF:server/students/enroll.ts\nDA:3,1\nDA:4,1\n', 'SF:db/values.ts\nDA:1,1\n'])
  const changed = changedLines('+++ b/server/students/enroll.ts\n@@ -4 +4,2 @@\n')
  expect(coverageText(before, recorded.reached, changed)).toBe(
    [
      'Total: 75.00 % of the lines of `server/` and `db/`, base 100.00 %',
      'Changed lines: 50.00 % (1 of 2)',
      'Changed, and reached by no test:',
      '- `server/students/enroll.ts`: 5',
      'Files that lost:',
      '- `server/students/enroll.ts`: 100.00 % → 66.67 %',
    ].join('\n\n'),
  )
  expect(coverageText(before, recorded.reached, new Map(), false)).toMatch(
    /not compared, since some parts did not report\n\nChanged lines: none/,
  )
})

test('the bundle is told against the base, and the files that made it so', () => {
  const after = sizesOf(recorded.sizes)
  if (!after) throw new Error('There is no report of the bundle')
  const before = { screen: { js: 204800, css: 15964 }, files: { 'index.html': 92160, 'old/page.tsx': 2048 } }
  expect(bundleText(after, before).split('\n').slice(2)).toEqual([
    '| students screen, JavaScript | 204.0 KiB | +4.0 KiB |',
    '| students screen, CSS | 15.6 KiB | +10 B |',
    '| all screens | 106.0 KiB | +14.0 KiB |',
    '| `students/students-page.tsx` | 12.0 KiB | +12.0 KiB |',
    '| `history/history-page.tsx` | 4.0 KiB | +4.0 KiB |',
    '| `old/page.tsx` | 0.0 KiB | −2.0 KiB |',
  ])
  const mib = 1024 ** 2
  expect(imageText({ bytes: { 'linux/amd64': 120 * mib } }, { bytes: { 'linux/amd64': 100 * mib } })).toContain(
    '| `linux/amd64` | 120.0 MiB | 100.0 MiB |',
  )
})

test('the comment begins with its marker, and says of what has not run that it was not measured', async () => {
  const comment = await commentOf({ base: 'HEAD', head: 'HEAD', before: nothing, after: nothing })
  expect(comment.startsWith(`${marker}\nNo test reported.`)).toBe(true)
  const sections = new Map([...comment.matchAll(/^### (.+)\n\n(.+)$/gm)].map(([, title, text]) => [title, text]))
  expect([...sections]).toEqual([
    ['Tests', 'Not measured.'],
    ['Coverage', 'Not measured.'],
    ['Migrations', 'No step is added.'],
    ['What apps and open pages are promised', 'Apps and open pages are promised the same.'],
    ['Flags', expect.any(String)],
    ['Bundle', 'Not measured.'],
    ['Image', 'Not measured.'],
  ])
})
