import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Migration } from '../../db/migration-files.ts'
import { migrationFiles } from '../../db/migration-files.ts'
import type { EmptyDatabase } from './empty-database.ts'
import { emptyDatabase } from './empty-database.ts'
import { outsider } from './outsider.ts'

let database: EmptyDatabase
beforeEach(async () => {
  database = await emptyDatabase()
  await database.runner.migrate(migrationFiles('drizzle'))
  await rows(
    `insert into schools (id, name, slug, time_zone, locale) values (1, 'One', 'one', 'UTC', 'en'), (2, 'Two', 'two', 'UTC', 'en')`,
  )
})
afterEach(() => database.remove())

async function rows<T>(statement: string): Promise<T[]> {
  const asked = outsider(database.url)
  try {
    return await asked.rows<T>(statement)
  } finally {
    await asked.close()
  }
}

function step(statements: string[], mayLoseRows: string[] = []): Migration {
  const hash = createHash('sha256').update(statements.join()).digest('hex')
  return { name: '9999_step', when: Date.now() + 1e12, hash, statements, mayLoseRows }
}
const apply = (migration: Migration) => database.runner.migrate([...migrationFiles('drizzle'), migration])

const readableBy = (file: string) => (statSync(file).mode & 0o777).toString(8)

test('the file and its journal can be read by nobody else on the machine, whatever the folder allows', async () => {
  const { file } = database
  const held = new BetterSqlite(file)
  held.exec('update schools set version = 2')
  const found = readdirSync(dirname(file)).filter((name) => name.startsWith(basename(file)))
  expect(found).toHaveLength(3)
  for (const name of found) expect(readableBy(join(dirname(file), name)), name).toBe('600')
  held.close()
})

test('a step that would lose rows is refused, unless its file says that they may go', async () => {
  const lossy = ['delete from schools where id = 2']
  await expect(apply(step(lossy))).rejects.toThrow('would delete 1 of 2 rows of schools. Nothing was changed')
  expect(await rows('select id from schools')).toEqual([{ id: 1 }, { id: 2 }])
  await apply(step(lossy, ['schools']))
  expect(await rows('select id from schools')).toEqual([{ id: 1 }])
})

test('a step that would leave a row pointing nowhere is refused', async () => {
  const dangling = step([`insert into departments (school_id, id, name) values (99, 'd', 'Nowhere')`])
  await expect(apply(dangling)).rejects.toThrow('rows of departments that point to no row of schools')
  expect(await rows('select * from departments')).toEqual([])
})

test('before it changes a file that holds data, the runner puts a whole copy beside it', async () => {
  const { copy = '' } = await apply(step(['create table extra (n integer)']))
  expect(dirname(copy)).toBe(dirname(database.file))
  expect(copy).toContain('.before-9999_step-')
  const copied = new BetterSqlite(copy, { readonly: true })
  expect(copied.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(copied.prepare('select id from schools').pluck().all()).toEqual([1, 2])
  expect(copied.prepare(`select count(*) from sqlite_master where name = 'extra'`).pluck().get()).toBe(0)
  copied.close()
  expect(readableBy(copy)).toBe('600')
  expect(await rows('select * from extra')).toEqual([])
  const beside = readdirSync(dirname(copy)).filter((name) => name.includes('.before-'))
  expect(beside).toEqual([basename(copy)])
})

test('where nothing is to be applied, no copy is made', async () => {
  const size = statSync(database.file).size
  expect(await database.runner.migrate(migrationFiles('drizzle'))).toEqual({ applied: [] })
  expect(statSync(database.file).size).toBe(size)
  expect(readdirSync(dirname(database.file)).filter((name) => name.includes('.before-'))).toEqual([])
})

test('a program that is writing is waited for', async () => {
  const other = new BetterSqlite(database.file)
  other.exec('begin immediate; update schools set version = 2')
  const migrating = apply(step(['create table extra (n integer)']))
  await new Promise((resolve) => setTimeout(resolve, 300))
  other.exec('commit')
  other.close()
  expect((await migrating).applied).toEqual(['9999_step'])
  expect(await rows('select version from schools')).toEqual([{ version: 2 }, { version: 2 }])
})
