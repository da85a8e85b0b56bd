/** Commands that only look make nothing and change nothing, wherever DATABASE_URL leads. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrationFiles } from '../../../db/migration-files.ts'
import type { EmptyDatabase } from '../../db/empty-database.ts'
import { emptyDatabase } from '../../db/empty-database.ts'
import { onPostgres } from '../../db/outsider.ts'
import { homeroom } from '../../setup/server.ts'

let database: EmptyDatabase
beforeEach(async () => {
  database = await emptyDatabase()
})
afterEach(() => database.remove())

const there = (...args: string[]) =>
  homeroom(args, { env: { DATABASE_URL: database.url, DATABASE_DIRECT_URL: database.url } })
const sumOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')

test.each([
  [['journal', 'verify']],
  [['migrate', 'status']],
  [['migrate', 'plan']],
  [['user', 'disable', 'ada@school.example']],
])('%j where no register is says so, fails, and makes none', async (args) => {
  const { code, output } = await there(...args)
  expect(code).toBe(1)
  expect(output).toMatch(
    /^There is no register at \S.*, and none was made\. Check DATABASE_URL, or make one there with /,
  )
  if (onPostgres) expect(await database.runner.applied()).toEqual([])
  else expect(existsSync(database.file)).toBe(false)
})

test('on a register of an older version they say at which step it is, and leave it there', async () => {
  const files = migrationFiles('drizzle')
  const older = files.slice(0, -1)
  await database.runner.migrate(older)
  const { code, output } = await there('journal', 'verify')
  expect(code).toBe(1)
  expect(output).toMatch(
    /^The register at \S.* is of an older version, at step \w+: 1 step is pending\. Nothing was changed\./,
  )
  expect(output).toContain(`at step ${older.at(-1)?.name}`)
  const status = await there('migrate', 'status')
  expect([status.code, status.said]).toEqual([0, expect.stringContaining(`pending  ${files.at(-1)?.name}`)])
  const plan = await there('migrate', 'plan')
  expect(plan.said).toContain(
    `${files.at(-1)?.name}: in one transaction; the version before may start on it; can be taken back`,
  )
  expect((await database.runner.applied()).length).toBe(older.length)
})

test.runIf(!onPostgres)('a verified copy has the same bytes afterwards', async () => {
  await database.runner.migrate(migrationFiles('drizzle'))
  const { Sqlite } = await import('../../../db/sqlite-driver.ts')
  const copy = `${database.file}.copy`
  const client = new Sqlite(database.file)
  client.prepare('vacuum into ?').run(copy)
  client.close()
  const before = sumOf(copy)
  const { code } = await homeroom(['journal', 'verify'], { env: { DATABASE_URL: `file:${copy}` } })
  expect([code, sumOf(copy)]).toEqual([0, before])
})
