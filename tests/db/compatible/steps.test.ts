/** Which versions may start on a database that a newer one has migrated. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pendingMigrations } from '../../../db/migration-files.ts'
import type { EmptyDatabase } from '../empty-database.ts'
import { emptyDatabase } from '../empty-database.ts'
import type { Outsider } from '../outsider.ts'
import { outsider } from '../outsider.ts'
import type { OwnSteps } from '../own-steps.ts'
import { ownSteps } from '../own-steps.ts'

let database: EmptyDatabase
let asked: Outsider
let older: OwnSteps
let newer: OwnSteps
beforeEach(async () => {
  database = await emptyDatabase()
  older = ownSteps()
  newer = ownSteps()
  // Not compatible, so that every step before it must be known.
  for (const each of [older, newer]) each.add('base', 'create table base (n integer)')
  await database.runner.migrate(older.files())
  asked = outsider(database.url)
})
afterEach(async () => {
  await asked.close()
  await database.remove()
  older.remove()
  newer.remove()
})

const line = '-- compatible: the version before may start on this schema\n'
const names = async (table: string) =>
  (await asked.rows<{ name: string }>(`select name from ${table} order by step`)).map(({ name }) => name)
/** What a version from before there were compatible steps starts on: it must know each of these. */
const required = () => names('migrations')

test('the version before starts on a database that has taken a compatible step, and changes nothing', async () => {
  const tag = newer.add('motto', `${line}alter table schools add column motto text`)
  expect((await database.runner.migrate(newer.files())).applied).toEqual([tag])
  expect(await database.runner.migrate(older.files())).toEqual({ applied: [] })
  expect(pendingMigrations(older.files(), await database.runner.applied())).toEqual([])
  expect(await required()).toEqual(older.files().map(({ name }) => name))
  expect(await database.runner.migrate(newer.files())).toEqual({ applied: [] })
})

test('after a step that is not compatible it refuses to start, and names the first step it does not know', async () => {
  const motto = newer.add('motto', `${line}alter table schools add column motto text`)
  newer.add('other', 'create table other (n integer)')
  await database.runner.migrate(newer.files())
  await expect(database.runner.migrate(older.files())).rejects.toThrow(
    `Migration ${motto} was applied to this database, but its file is missing: this database is newer`,
  )
  expect(await required()).toEqual(newer.files().map(({ name }) => name))
  expect(await names('compatible_migrations')).toEqual([])
})

test('a version with a step of its own still to apply refuses a database that has taken another', async () => {
  const motto = newer.add('motto', `${line}alter table schools add column motto text`)
  await database.runner.migrate(newer.files())
  older.add('own', `${line}alter table schools add column other text`)
  await expect(database.runner.migrate(older.files())).rejects.toThrow(`Migration ${motto} was applied`)
})

test('a compatible step that was edited after it was applied is refused all the same', async () => {
  const motto = newer.add('motto', `${line}alter table schools add column motto text`)
  await database.runner.migrate(newer.files())
  const edited = ownSteps()
  edited.add('base', 'create table base (n integer)')
  edited.add('motto', `${line}alter table schools add column saying text`)
  await expect(database.runner.migrate(edited.files())).rejects.toThrow(`Migration ${motto} was edited`)
  edited.remove()
})

test('a database from before there were compatible steps gets their ledger with the next step, or without one', async () => {
  await asked.rows('drop table compatible_migrations')
  expect(await database.runner.migrate(older.files())).toEqual({ applied: [] })
  expect(await names('compatible_migrations')).toEqual([])
  await asked.rows('drop table compatible_migrations')
  const motto = newer.add('motto', `${line}alter table schools add column motto text`)
  expect((await database.runner.migrate(newer.files())).applied).toEqual([motto])
  expect(await names('compatible_migrations')).toEqual([motto])
})
