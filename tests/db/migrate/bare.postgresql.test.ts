/** Steps that run outside a transaction, as an index does that is made beside reads and writes. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { postgresRunner } from '../../../db/migrate-postgres.ts'
import type { EmptyDatabase } from '../empty-database.ts'
import { emptyDatabase } from '../empty-database.ts'
import type { Outsider } from '../outsider.ts'
import { held, outsider, until } from '../outsider.ts'
import type { OwnSteps } from '../own-steps.ts'
import { ownSteps, steps } from '../own-steps.ts'
import { dieAt } from './die.ts'

let database: EmptyDatabase
let mine: OwnSteps
let asked: Outsider
beforeEach(async () => {
  database = await emptyDatabase()
  mine = ownSteps()
  await database.runner.migrate(mine.files())
  asked = outsider(database.url)
  await asked.rows(
    `insert into schools (id, name, slug, time_zone, locale) values (1, 'One', 'one', 'UTC', 'en'), (2, 'One', 'two', 'UTC', 'en')`,
  )
})
afterEach(async () => {
  await asked.close()
  mine.remove()
  await database.remove()
})

const bare = (...statements: string[]) => `-- no-transaction\n${steps(...statements)}`
const index = 'create index concurrently\n  schools_name_ix\n  on schools (name)'
const validity = async () =>
  (
    await asked.rows<{ v: boolean }>(
      `select indisvalid as v from pg_index where indexrelid = to_regclass('schools_name_ix')`,
    )
  )[0]?.v
const notes = () => asked.rows(`select to_regclass('migration_statements')::text as table`)

test('three servers that start at once over such a step: one runs it, the others wait and hold nothing it waits for', async () => {
  const tag = mine.add('index', bare(index))
  const runners = [1, 2, 3].map(() => postgresRunner(database.url))
  const reports = await Promise.all(runners.map((runner) => runner.migrate(mine.files())))
  expect(reports.flatMap(({ applied }) => applied)).toEqual([tag])
  expect(await validity()).toBe(true)
  expect(await notes()).toEqual([{ table: null }])
})

test('a reader who holds an old snapshot only delays it, and others write meanwhile', async () => {
  const tag = mine.add('index', bare(index))
  const reader = outsider(database.url)
  await reader.rows('begin isolation level repeatable read; select * from schools')
  const migrating = database.runner.migrate(mine.files())
  await until(async () => (await validity()) === false)
  await asked.rows(`insert into schools (id, name, slug, time_zone, locale) values (3, 'Three', 'three', 'UTC', 'en')`)
  await reader.rows('commit')
  expect((await migrating).applied).toEqual([tag])
  expect(await validity()).toBe(true)
  await reader.close()
})

test('an index that was left half made is dropped and made anew', async () => {
  const tag = mine.add('index', bare(index))
  const reader = outsider(database.url)
  await reader.rows('begin isolation level repeatable read; select * from schools')
  const broken = database.runner.migrate(mine.files()).catch((error: Error) => error.message)
  await until(async () => (await validity()) === false)
  await asked.rows(
    `select pg_terminate_backend(pid) from pg_stat_activity where query like '${index}%' and pid <> pg_backend_pid()`,
  )
  expect(await broken).toContain('PostgreSQL does not answer')
  await reader.rows('commit')
  await reader.close()
  expect(await validity()).toBe(false)
  const sentences: string[] = []
  const report = await database.runner.migrate(mine.files(), {
    tell: ({ sentence }) => sentence && sentences.push(sentence),
  })
  expect(report).toEqual({ applied: [tag] })
  expect(sentences).toContain('Index schools_name_ix was left half made: it is dropped and made anew')
  expect(await validity()).toBe(true)
})

test('rows that break a unique index leave no half of it, and the next run goes on after what was done', async () => {
  const tag = mine.add(
    'index',
    bare('create table once (n integer)', 'insert into once values (1)', index.replace('index', 'unique index')),
  )
  const failing = database.runner.migrate(mine.files())
  await expect(failing).rejects.toThrow(
    /_index failed: .*It is applied up to statement 2 of 3: correct what failed, and the next migrate goes on from there$/,
  )
  expect(await validity()).toBe(undefined)
  await asked.rows(`update schools set name = 'Two' where id = 2`)
  expect((await database.runner.migrate(mine.files())).applied).toEqual([tag])
  expect(await asked.rows('select n from once')).toEqual([{ n: 1 }])
  expect(await validity()).toBe(true)
})

test('a statement that failed may be corrected in the file, one that was run may not, and meanwhile nothing is taken back', async () => {
  const [once, wrong] = ['create table once (n integer)', 'create index concurrently schools_name_ix on schools (nmae)']
  const tag = mine.add('index', bare(once, wrong))
  await expect(database.runner.migrate(mine.files())).rejects.toThrow('It is applied up to statement 1 of 2')
  await expect(database.runner.down(mine.files().slice(0, -1), 1)).rejects.toThrow(
    `Migration ${tag} is begun and not done: run npx homeroom migrate with the version that has it`,
  )
  const rewrite = (...statements: string[]) => writeFileSync(join(mine.own, `${tag}.sql`), bare(...statements))
  rewrite('create table twice (n integer)', index)
  await expect(database.runner.migrate(mine.files())).rejects.toThrow(
    `Migration ${tag} was edited in its statement 1, which was run already: restore that one, and correct only those after statement 1`,
  )
  rewrite(once, index)
  expect((await database.runner.migrate(mine.files())).applied).toEqual([tag])
  expect(await validity()).toBe(true)
})

test('a register that is only being made takes such a step whole, in its one transaction', async () => {
  const other = await emptyDatabase()
  mine.add('index', bare(index))
  mine.add('failing', 'select 1 / 0')
  await expect(other.runner.migrate(mine.files())).rejects.toThrow('Nothing was changed')
  expect(await other.runner.applied()).toEqual([])
  await other.remove()
})

test('killed twice it goes on by statement, and none is run again', async () => {
  const tag = mine.add('index', bare('create table once (n integer)', 'insert into once values (1)', index))
  expect(await dieAt(database.url, mine.folder, 'noted', 2)).toBe('SIGKILL')
  // The index is made and not yet noted: statement 3 is the only one that is run.
  expect(await dieAt(database.url, mine.folder, 'ran', 1)).toBe('SIGKILL')
  expect((await database.runner.migrate(mine.files())).applied).toEqual([tag])
  expect(await asked.rows('select n from once')).toEqual([{ n: 1 }])
  expect(await validity()).toBe(true)
  expect(await notes()).toEqual([{ table: null }])
})

test('a server that waits holds no transaction while another one migrates', async () => {
  mine.add('index', bare(index))
  const other = outsider(database.url)
  await other.rows('select pg_advisory_lock(7311)')
  const [holder] = await other.rows<{ pid: number }>('select pg_backend_pid() as pid')
  const isWaiting = held()
  const sentences: string[] = []
  const migrating = database.runner.migrate(mine.files(), {
    tell({ point, sentence = '' }) {
      if (point !== 'waiting') return
      sentences.push(sentence)
      isWaiting.release()
    },
  })
  await isWaiting.promise
  expect(sentences[0]).toMatch(
    new RegExp(`waiting for PostgreSQL's process ${holder?.pid} from 127\\.0\\.0\\.1, connected since 20\\S+Z\\. If`),
  )
  expect(sentences[0]).toContain(`select pg_terminate_backend(${holder?.pid})`)
  const [open] = await asked.rows<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null and state <> 'active'`,
  )
  expect(open?.n).toBe(0)
  await asked.rows('create index concurrently others_ix on schools (slug)')
  await other.rows('select pg_advisory_unlock(7311)')
  await migrating
  await other.close()
})
