/** Steps that are taken back, on a database with a row in every table. */
import { rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Database } from '../../../db/database.ts'
import { postgresRunner } from '../../../db/migrate-postgres.ts'
import { sqliteRunner } from '../../../db/migrate-sqlite.ts'
import type { Runner } from '../../../db/migration-run.ts'
import { open } from '../../../db/open.ts'
import { addRow, addSchool, configOf, schoolId, tables } from '../any-row.ts'
import { rowsOf, schemaOf } from '../catalog.ts'
import type { EmptyDatabase } from '../empty-database.ts'
import { emptyDatabase } from '../empty-database.ts'
import type { Outsider } from '../outsider.ts'
import { onPostgres, outsider } from '../outsider.ts'
import type { OwnSteps } from '../own-steps.ts'
import { ownSteps, steps } from '../own-steps.ts'

/** The first step that has a way back. */
const first = '0016'

let db: Database
let filled: Runner
let asked: Outsider
let lower: EmptyDatabase
let mine: OwnSteps
beforeAll(async () => {
  db = await open()
  await db.transaction(schoolId, async (tx) => {
    await addSchool(tx)
    for (const table of tables) if (configOf(table).name !== 'schools') await addRow(tx, table)
  })
  await db.close()
  const url = process.env.DATABASE_DIRECT_URL ?? process.env.DATABASE_URL ?? ''
  const file = url.replace(/^file:/, '')
  filled = onPostgres ? postgresRunner(url) : sqliteRunner({ file, project: file, isRelative: false })
  asked = outsider(url)
})
beforeEach(() => {
  mine = ownSteps()
})
afterEach(() => mine.remove())
afterAll(() => asked.close())

test('every step with a way back goes down to the schema it came from and up again, and no row that was there before is lost', async () => {
  const files = mine.files()
  const to = files.findIndex(({ name }) => name.startsWith(first))
  const whole = await schemaOf(asked)
  lower = await emptyDatabase()
  await lower.runner.migrate(files.slice(0, to))
  const below = outsider(lower.url)
  const before = await rowsOf(asked, below)
  expect(Object.keys(before).length).toBeGreaterThan(25)
  expect(Object.values(before).filter((rows) => !rows.length)).toEqual([])
  const { takenBack } = await filled.down(files, files.length - to)
  expect(takenBack).toEqual(
    files
      .slice(to)
      .map(({ name }) => name)
      .reverse(),
  )
  expect(await schemaOf(asked)).toEqual(await schemaOf(below))
  expect(await rowsOf(asked)).toEqual(before)
  expect((await filled.applied()).map(({ name }) => name)).toEqual(files.slice(0, to).map(({ name }) => name))
  expect((await filled.migrate(files)).applied).toEqual(files.slice(to).map(({ name }) => name))
  expect(await schemaOf(asked)).toEqual(whole)
  expect(await rowsOf(asked, below)).toEqual(before)
  await below.close()
  await lower.remove()
})

const down = (tag: string, ...statements: string[]) =>
  writeFileSync(join(mine.own, `${tag}.down.sql`), steps(...statements))

test('a step that can not be taken back is refused before anything is changed, with why and what to restore', async () => {
  const contract = mine.add(
    'contract',
    steps('-- irreversible: the old numbers are gone\nupdate schools set version = version + 1'),
  )
  const { copy } = await filled.migrate(mine.files())
  const expand = mine.add('expand', 'create table houses (n integer)')
  down(expand, 'drop table houses')
  await filled.migrate(mine.files())
  const sentence = new RegExp(
    `^Migration ${contract} can't be taken back: the old numbers are gone\\. Restore ${onPostgres ? 'a backup from before 20\\S+' : '\\S+'} instead\\. Nothing was changed$`,
  )
  const refused = await filled.down(mine.files(), 2).catch((error: Error) => error.message)
  expect(refused).toMatch(sentence)
  if (copy) expect(refused).toContain(basename(copy))
  expect(await asked.rows('select * from houses')).toEqual([])
  expect((await filled.down(mine.files(), 1)).takenBack).toEqual([expand])
  rmSync(join(mine.own, `${expand}.down.sql`))
  await filled.migrate(mine.files())
  await expect(filled.down(mine.files(), 1)).rejects.toThrow(
    `Migration ${expand} has no ${expand}.down.sql that takes it back`,
  )
  down(expand, 'drop table houses', 'drop table nowhere')
  await expect(filled.down(mine.files(), 1)).rejects.toThrow(/nowhere.*Nothing was changed/)
  expect(await asked.rows('select * from houses')).toEqual([])
  down(expand, 'drop table houses')
  await filled.down(mine.files(), 1)
  await asked.rows(`delete from ${'migrations'} where name = '${contract}'`)
  await asked.rows(
    `delete from ${onPostgres ? 'drizzle.' : ''}"__drizzle_migrations" where created_at > ${Date.now() + 1}`,
  )
})

test('while a server that needs the step serves, it is not taken back', async () => {
  const tag = mine.add('expand', '-- compatible\ncreate table houses (n integer)')
  down(tag, 'drop table houses')
  await filled.migrate(mine.files())
  const number = mine.files().length
  const now = onPostgres ? 'now()' : String(Date.now())
  const serving = (max: number) =>
    asked.rows(`update instances set host = 'one', pid = 7, version = '9.9', schema_max = ${max}, seen_at = ${now}`)
  await serving(number)
  await expect(filled.down(mine.files(), 1)).rejects.toThrow(
    'Version 9.9 serves on one, process 7, and needs what is to be taken back: stop it first, or wait a minute where it was killed. Nothing was changed',
  )
  await serving(number - 1)
  expect((await filled.down(mine.files(), 1)).takenBack).toEqual([tag])
})

test('when a step goes on which only this version starts, the version before may start again on those before it', async () => {
  const compatible = async () => (await filled.applied()).filter((step) => step.isCompatible).map(({ name }) => name)
  const expand = mine.add('expand', '-- compatible\ncreate table houses (n integer)')
  const contract = mine.add('contract', 'create table streets (n integer)')
  down(expand, 'drop table houses')
  down(contract, 'drop table streets')
  await filled.migrate(mine.files())
  expect(await compatible()).toEqual([])
  await filled.down(mine.files(), 1)
  const again = await compatible()
  expect([again.at(-1), again.includes('0000_register')]).toEqual([expand, false])
  await filled.down(mine.files(), 1)
})
