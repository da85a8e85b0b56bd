import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Migration } from '../../../db/migration-files.ts'
import { migrationFiles } from '../../../db/migration-files.ts'
import type { EmptyDatabase } from '../empty-database.ts'
import { emptyDatabase } from '../empty-database.ts'
import { held, outsider } from '../outsider.ts'

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

test('a table that is in use for longer than the runner is patient: it says so, and nothing was changed', async () => {
  const reader = outsider(database.url)
  await reader.rows('begin; select * from schools')
  await expect(database.runner.migrate([...files, step], { patience: 0 })).rejects.toThrow(
    'Migration 9999_step failed: a table it changes was in use all the time; run it again in a quieter moment. Nothing was changed',
  )
  await reader.rows('commit')
  await expect(reader.rows('select * from extra')).rejects.toThrow()
  await reader.close()
})

test('somebody who reads a table for long only delays its step, and others read it between two tries', async () => {
  const [reader, other] = [outsider(database.url), outsider(database.url)]
  await reader.rows('begin; select * from schools')
  const hasTried = held()
  const sentences: string[] = []
  const migrating = database.runner.migrate([...files, step], {
    tell({ point, sentence = '' }) {
      if (point !== 'retrying') return
      sentences.push(sentence)
      hasTried.release()
    },
  })
  await hasTried.promise
  await other.rows('select * from schools')
  await reader.rows('commit')
  expect(await migrating).toEqual({ applied: ['9999_step'] })
  expect(sentences[0]).toBe('A table that is to change is in use: trying again in 0.5 s')
  await Promise.all([reader.close(), other.close()])
})
