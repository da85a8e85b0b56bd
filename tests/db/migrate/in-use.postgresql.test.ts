import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Migration } from '../../../db/migration-files.ts'
import { migrationFiles } from '../../../db/migration-files.ts'
import type { EmptyDatabase } from '../empty-database.ts'
import { emptyDatabase } from '../empty-database.ts'
import { outsider } from '../outsider.ts'

let database: EmptyDatabase
const files = migrationFiles('drizzle')
beforeAll(async () => {
  database = await emptyDatabase()
  await database.runner.migrate(files)
})
afterAll(() => database.remove())

const step: Migration = {
  name: '9999_step',
  when: Date.now() + 1e12,
  hash: 'of a test',
  statements: ['create table extra (n integer)', 'alter table schools add column motto text'],
  validations: [],
  isCompatible: false,
  mayLoseRows: [],
}

test('a table that is in use for 5 seconds is not waited for: those behind would have to wait, too', async () => {
  const reader = outsider(database.url)
  await reader.rows('begin; select * from schools')
  const started = performance.now()
  const fiveSeconds = sleep(5_000).then(() => performance.now() - started)
  await expect(database.runner.migrate([...files, step])).rejects.toThrow(
    'Migration 9999_step failed: a table it changes was in use for 5 s; run it again in a quieter moment. Nothing was changed',
  )
  const waited = performance.now() - started
  expect(waited / (await fiveSeconds)).toBeLessThan(1.6)
  await reader.rows('commit')
  await expect(reader.rows('select * from extra')).rejects.toThrow()
  expect(await database.runner.migrate([...files, step])).toEqual({ applied: ['9999_step'] })
  await reader.close()
})
