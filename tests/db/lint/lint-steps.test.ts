import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { largeTables } from '../../../db/lint/cost.ts'
import type { LintReport } from '../../../db/lint/lint-steps.ts'
import { firstLinted, lintSteps, reportLines } from '../../../db/lint/lint-steps.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeroom-lint-'))
  cpSync('drizzle', join(folder, 'drizzle'), { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Lints a step after all others, as it is for each database. */
function plant(sqlite: string, postgresql: string): LintReport {
  let first = 0
  for (const [dialect, content] of Object.entries({ sqlite, postgresql })) {
    const journal = join(folder, 'drizzle', dialect, 'meta/_journal.json')
    const { entries } = JSON.parse(readFileSync(journal, 'utf8'))
    first = entries.length
    const tag = `${String(first).padStart(4, '0')}_planted`
    writeFileSync(journal, JSON.stringify({ entries: [...entries, { idx: first, tag, when: 0 }] }))
    writeFileSync(join(folder, 'drizzle', dialect, `${tag}.sql`), content)
  }
  return lintSteps(folder, first)
}
const nothing = 'SELECT 1;'

/** In ms. A machine that does nothing else takes a twentieth. */
const alarm = 20_000

test('squawk says what no rule of ours speaks of, and is silent where one has spoken or a reason is given', () => {
  const long = `CREATE INDEX "rooms_${'x'.repeat(70)}" ON "rooms" USING btree ("name");`
  const { findings, hasSquawk } = plant(nothing, long)
  expect(hasSquawk).toBe(true)
  expect(findings).toMatchObject([{ rule: 'squawk/identifier-too-long', line: 1 }])
  const file = findings[0]?.file ?? ''
  expect(file).toMatch(/^drizzle\/postgresql\/\d{4}_planted\.sql$/)
  writeFileSync(join(folder, file), `-- lint allows squawk/identifier-too-long: both cut it alike\n${long}`)
  expect(lintSteps(folder, Number(file.slice(19, 23))).findings).toEqual([])
  expect(plant(nothing, 'ALTER TABLE "rooms" DROP COLUMN "seats";').findings.map(({ rule }) => rule)).toEqual([
    'drop-column',
  ])
})

test('an exception is printed with its reason; one without a reason, or for what is not there, is a finding itself', () => {
  const drop = 'ALTER TABLE "rooms" DROP COLUMN "seats";'
  const reason = '-- lint allows drop-column rooms.seats: nobody reads it since 0.3'
  const allowed = plant(`${reason}\n${drop}`, `${reason}\n${drop}`)
  expect(allowed.findings).toEqual([])
  expect(reportLines(allowed)).toEqual(
    ['sqlite', 'postgresql'].map((dialect) =>
      expect.stringMatching(
        new RegExp(`^drizzle/${dialect}/\\d+_planted.sql:1 allows drop-column rooms.seats: nobody reads it since 0.3$`),
      ),
    ),
  )
  const rules = (head: string) =>
    plant(nothing, `${head}\n${drop}`).findings.map(({ rule, what }) => `${rule}: ${what}`)
  const found = expect.stringContaining('drop-column: rooms.seats goes')
  expect(rules('-- lint allows drop-column')).toEqual([
    found,
    'exception: the exception for drop-column says no reason',
  ])
  expect(rules('-- lint allows drop-column rooms.name: tried')).toEqual([
    found,
    'exception: the exception for drop-column allows what is not there',
  ])
})

test('every step from the stated first one on is linted, and all of them take seconds', () => {
  const { entries } = JSON.parse(readFileSync('drizzle/sqlite/meta/_journal.json', 'utf8')) as { entries: unknown[] }
  expect(lintSteps('.').steps).toBe(2 * (entries.length - firstLinted))
  const begun = performance.now()
  expect(lintSteps('.', 1).steps).toBe(2 * (entries.length - 1))
  expect(performance.now() - begun).toBeLessThan(alarm)
})

test('the tables that are said to be large are tables of the schema', () => {
  const meta = 'drizzle/sqlite/meta'
  const newest = readdirSync(meta)
    .filter((name) => name.endsWith('_snapshot.json'))
    .toSorted()
    .at(-1)
  const { tables } = JSON.parse(readFileSync(join(meta, newest ?? ''), 'utf8'))
  expect(Object.keys(largeTables).filter((name) => !(name in tables))).toEqual([])
})

test('the tables that are said to be large are tables of the schema', () => {
  const meta = 'drizzle/sqlite/meta'
  const newest = readdirSync(meta)
    .filter((name) => name.endsWith('_snapshot.json'))
    .toSorted()
    .at(-1)
  const { tables } = JSON.parse(readFileSync(join(meta, newest ?? ''), 'utf8'))
  expect(Object.keys(largeTables).filter((name) => !(name in tables))).toEqual([])
})
