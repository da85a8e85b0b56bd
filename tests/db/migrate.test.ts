import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MigrationError, pendingMigrations } from '../../db/migration-files.ts'
import type { EmptyDatabase } from './empty-database.ts'
import { emptyDatabase } from './empty-database.ts'
import { onPostgres, outsider } from './outsider.ts'
import type { OwnSteps } from './own-steps.ts'
import { ownSteps, steps } from './own-steps.ts'

let database: EmptyDatabase
let mine: OwnSteps
beforeEach(async () => {
  database = await emptyDatabase()
  mine = ownSteps()
})
afterEach(async () => {
  mine.remove()
  await database.remove()
})

const migrate = async () => database.runner.migrate(mine.files())
async function rows<T>(statement: string): Promise<T[]> {
  const asked = outsider(database.url)
  try {
    return await asked.rows<T>(statement)
  } finally {
    await asked.close()
  }
}
const count = async (table: string) => Number((await rows<{ n: number }>(`select count(*) as n from ${table}`))[0]?.n)
const kitLedger = onPostgres ? 'drizzle."__drizzle_migrations"' : '"__drizzle_migrations"'
const addSchool = (id: number) =>
  rows(`insert into schools (id, name, slug, time_zone, locale) values (${id}, 'School', 's${id}', 'UTC', 'en')`)

test('an empty database gets every step once, and both ledgers tell so', async () => {
  const files = mine.files()
  const begun = Date.now()
  expect((await migrate()).applied).toEqual(files.map(({ name }) => name))
  expect(await migrate()).toEqual({ applied: [] })
  const ledger = await rows<{ hash: string; when: unknown }>(
    `select hash, created_at as "when" from ${kitLedger} order by created_at`,
  )
  expect(ledger.map(({ hash, when }) => ({ hash, when: Number(when) }))).toEqual(
    files.map(({ hash, when }) => ({ hash, when })),
  )
  const applied = await database.runner.applied()
  expect(applied.map(({ name }) => name)).toEqual(files.map(({ name }) => name))
  expect(applied[0]?.at.getTime()).toBeGreaterThanOrEqual(begun)
  expect(applied[0]?.at.getTime()).toBeLessThanOrEqual(Date.now())
  expect(pendingMigrations(files, applied)).toEqual([])
})

test('nothing is applied to a database that was never migrated', async () => {
  expect(await database.runner.applied()).toEqual([])
})

test('a step that fails half way leaves nothing behind and says which it was; those before it are applied', async () => {
  await migrate()
  await addSchool(1)
  mine.add('before', 'create table fine (n integer)')
  mine.add(
    'broken',
    steps('create table half (n integer)', 'insert into half values (1)', 'insert into nowhere values (1)'),
  )
  await expect(migrate()).rejects.toThrow(
    /^Migration \d{4}_broken failed: .*nowhere.*\. Nothing of it was changed, and \d{4}_before is applied$/,
  )
  await expect(rows('select * from half')).rejects.toThrow()
  expect(await rows('select * from fine')).toEqual([])
  await expect(migrate()).rejects.toThrow(/^Migration \d{4}_broken failed: .*nowhere.*\. Nothing was changed$/)
  expect((await database.runner.applied()).length).toBe(mine.files().length - 1)
  expect(await count('schools')).toBe(1)
  if (!onPostgres) expect(readdirSync(dirname(database.file)).filter((name) => name.includes('before'))).toEqual([])
})

test('a first migration that fails half way leaves an empty database', async () => {
  mine.add('broken', 'insert into nowhere values (1)')
  await expect(migrate()).rejects.toBeInstanceOf(MigrationError)
  expect(await database.runner.applied()).toEqual([])
  await expect(rows('select * from schools')).rejects.toThrow()
})

test('an edited step is refused by its name', async () => {
  await migrate()
  const [first] = mine.files()
  writeFileSync(join(mine.own, `${first?.name}.sql`), '-- edited\n', { flag: 'a' })
  await expect(migrate()).rejects.toThrow(`Migration ${first?.name} was edited after it was applied`)
})

test('a step whose file is gone is refused by its name, applied or not', async () => {
  mine.add('extra', 'create table extra (n integer)')
  await migrate()
  const before = mine.journal()
  const all = mine.journal()
  const gone = all.entries.pop()
  mine.writeJournal(all)
  await expect(migrate()).rejects.toThrow(
    `Migration ${gone?.tag} was applied to this database, but its file is missing`,
  )
  mine.writeJournal(before)
  rmSync(join(mine.own, `${gone?.tag}.sql`))
  await expect(migrate()).rejects.toThrow(`Migration ${gone?.tag} has no file`)
})

test('a step dated before the ones that are applied is refused by its name', async () => {
  await migrate()
  mine.add('late', 'create table late (n integer)', { later: -1 })
  await expect(migrate()).rejects.toThrow(/Migration \d{4}_late is dated before/)
})

test('a step slipped in before one that is applied is refused by its name', async () => {
  mine.add('second', 'create table second (n integer)')
  await migrate()
  const all = mine.journal()
  const last = all.entries.at(-1)
  const when = (last?.when ?? 0) - 1
  all.entries.splice(-1, 0, { tag: '0001_slipped_in', idx: 1, when })
  mine.writeJournal(all)
  writeFileSync(join(mine.own, '0001_slipped_in.sql'), 'create table slipped (n integer)')
  await expect(migrate()).rejects.toThrow(`Migration 0001_slipped_in was added before ${last?.tag}`)
})

test('a step that was renamed after it was applied is refused by its name', async () => {
  await migrate()
  const all = mine.journal()
  const [first] = all.entries
  if (!first) throw new Error('there is no step')
  renameSync(join(mine.own, `${first.tag}.sql`), join(mine.own, '0000_other.sql'))
  const old = first.tag
  first.tag = '0000_other'
  mine.writeJournal(all)
  await expect(migrate()).rejects.toThrow(`Migration ${old} was applied`)
})
