import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { postgresRunner } from '../../../db/migrate-postgres.ts'
import { migrationFiles } from '../../../db/migration-files.ts'
import { openPostgres } from '../../../db/postgres/database.ts'
import { visit } from '../../setup/over-http.ts'
import { homeroom, startServer } from '../../setup/server.ts'
import type { EmptyDatabase } from '../empty-database.ts'
import { emptyDatabase } from '../empty-database.ts'
import type { Outsider } from '../outsider.ts'
import { held, outsider, until } from '../outsider.ts'

const files = migrationFiles('drizzle')
const names = files.map(({ name }) => name)
let database: EmptyDatabase
let own: Outsider
beforeEach(async () => {
  database = await emptyDatabase()
  own = outsider(database.url)
})
afterEach(async () => {
  await own.close()
  await database.remove()
})

const inSchema = (path: string) => `${database.url}?search_path=${encodeURIComponent(path)}`
const migrateIn = (path: string) => postgresRunner(inSchema(path)).migrate(files)

const tablesOf = async (schema: string) =>
  (
    await own.rows<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = '${schema}' order by 1`,
    )
  ).map(({ name }) => name)

/** How many references there are from the tables of one schema to those of another. */
const references = () =>
  own.rows(`select connamespace::regnamespace::text as from, relnamespace::regnamespace::text as to, count(*)::int as n
    from pg_constraint join pg_class on pg_class.oid = confrelid where contype = 'f' group by 1, 2 order by 1, 2`)

test('a register lies whole in the first schema of the search_path, without the right to make another one', async () => {
  await own.rows(`create schema "Our ""School"""`)
  await own.rows(`create role keeper_${process.pid} login`)
  await own.rows(`grant all on schema "Our ""School""" to keeper_${process.pid}`)
  const url = inSchema('"Our ""School""", public').replace('postgres@', `keeper_${process.pid}@`)
  expect((await postgresRunner(url).migrate(files)).applied).toEqual(names)
  expect(await postgresRunner(url).migrate(files)).toEqual({ applied: [] })
  expect((await postgresRunner(url).applied()).map(({ name }) => name)).toEqual(names)
  expect(await tablesOf('public')).toEqual([])
  expect(await own.rows(`select 1 from pg_namespace where nspname = 'drizzle'`)).toEqual([])
  const tables = await tablesOf('Our "School"')
  expect(tables).toEqual(expect.arrayContaining(['__drizzle_migrations', 'migrations', 'journal', 'students']))
  await own.rows(`drop owned by keeper_${process.pid}`)
  await own.rows(`drop role keeper_${process.pid}`)
})

test('two registers in two schemas of one database have tables, references and ledgers of their own', async () => {
  await own.rows('create schema second')
  expect((await postgresRunner(database.url).migrate(files)).applied).toEqual(names)
  expect((await migrateIn('second')).applied).toEqual(names)
  const found = (await references()) as { from: string; to: string; n: number }[]
  expect(found.map(({ from, to }) => [from, to])).toEqual([
    ['public', 'public'],
    ['second', 'second'],
  ])
  expect(found[0]?.n).toBe(found[1]?.n)
  expect(await tablesOf('second')).toEqual([...(await tablesOf('public')), '__drizzle_migrations'].sort())
  const counted = (ledger: string) => own.rows(`select count(*)::int as n from ${ledger}`)
  for (const ledger of ['drizzle."__drizzle_migrations"', 'second."__drizzle_migrations"'])
    expect(await counted(ledger)).toEqual([{ n: names.length }])
})

const addSchool = (name: string) =>
  sql`insert into schools (id, name, slug, time_zone, locale) values (1, ${name}, 'one', 'UTC', 'en')`

test('two registers in one database neither see nor wait for each other, whatever their schools are numbered', async () => {
  await own.rows('create schema second')
  await migrateIn('public')
  await migrateIn('second')
  const [first, second] = [
    await openPostgres(inSchema('public'), { min: 1, max: 2 }),
    await openPostgres(inSchema('second'), { min: 1, max: 2 }),
  ]
  const isWritten = held()
  const holding = first.transaction([0, 1], async (tx) => {
    await tx.rows(addSchool('First'))
    await isWritten.promise
  })
  await until(async () => (await own.rows(`select 1 from pg_locks where locktype = 'advisory' and granted`)).length > 1)
  await second.transaction([0, 1], (tx) => tx.rows(addSchool('Second')))
  expect(await own.rows(`select 1 from pg_locks where locktype = 'advisory' and not granted`)).toEqual([])
  isWritten.release()
  await holding
  const name = sql`select name from schools`
  expect([await first.rows(name), await second.rows(name)]).toEqual([[{ name: 'First' }], [{ name: 'Second' }]])
  await first.close()
  await second.close()
})

test('the locks of a register in public are those that the release before takes', async () => {
  await migrateIn('public')
  const db = await openPostgres(database.url, { min: 1, max: 1 })
  const locks = `select classid, objid from pg_locks where locktype = 'advisory'
    and database = (select oid from pg_database where datname = current_database())`
  await db.transaction(5, async () => expect(await own.rows(locks)).toEqual([{ classid: 7310, objid: 5 }]))
  await db.close()
})

test('one register is migrated while another one in the same database is under the lock of its migration', async () => {
  await own.rows('create schema second')
  await own.rows('begin')
  await own.rows('select pg_advisory_xact_lock(7311)')
  expect((await migrateIn('second')).applied).toEqual(names)
  const isWaiting = held()
  const waiting = postgresRunner(inSchema('public')).migrate(files, {
    tell: ({ point }) => point === 'waiting' && isWaiting.release(),
  })
  await isWaiting.promise
  await own.rows('commit')
  expect((await waiting).applied).toEqual(names)
})

test('a second register is not begun in silence where the search_path leads to one already', async () => {
  await migrateIn('public')
  await own.rows('create schema ours')
  const sentence = /has a register in schema public, but new tables would go to schema ours.*\?search_path=public/
  await expect(migrateIn('ours, public')).rejects.toThrow(sentence)
  await expect(openPostgres(inSchema('ours, public'), { min: 1, max: 1 })).rejects.toThrow(sentence)
  expect(await tablesOf('ours')).toEqual([])
  expect((await migrateIn('ours')).applied).toEqual(names)
  expect(await migrateIn('ours, public')).toEqual({ applied: [] })
})

test('a search_path without a schema that exists is refused by a sentence', async () => {
  await expect(migrateIn('nowhere')).rejects.toThrow(/^The search_path names no schema that this role may use/)
})

test('two servers on two schemas of one database have people, schools and changes of their own', async () => {
  await own.rows('create schema second')
  const [first, second] = await Promise.all(
    ['public', 'second'].map(async (path) => {
      const env = { DATABASE_URL: inSchema(path), DATABASE_DIRECT_URL: inSchema(path) }
      const server = await startServer(env)
      const who = { email: 'ada@school.example', password: `four quiet ${path} lamps` }
      const init = ['init', '--name', 'Ada', '--email', who.email, '--school', 'Northgate', '--locale', 'en-GB']
      expect(await homeroom(init, { env, input: who.password })).toMatchObject({ code: 0 })
      const { ask } = await visit(server.url, who, 'northgate')
      const made = await ask('students.create', {
        givenName: 'Sam',
        familyName: path === 'public' ? 'First' : 'Second',
      })
      expect(made).toMatchObject({ status: 200 })
      expect((await homeroom(['journal', 'verify'], { env })).code).toBe(0)
      return { server, who, ask }
    }),
  )
  if (!first || !second) throw new Error('two servers were started')
  for (const [{ ask }, name] of [
    [first, 'First'],
    [second, 'Second'],
  ] as const) {
    const { answer } = await ask<{ rows: { familyName: string }[] }>('students.list', { limit: 50 })
    expect(answer.rows.map(({ familyName }) => familyName)).toEqual([name])
  }
  const { ask: astray } = await visit(second.server.url, first.who, 'northgate')
  expect(await astray('students.list', { limit: 50 })).toMatchObject({ status: 401 })
  expect(await own.rows('select count(*)::int as n from public.students')).toEqual([{ n: 1 }])
  expect(await own.rows('select count(*)::int as n from second.students')).toEqual([{ n: 1 }])
  for (const { server } of [first, second]) expect(await server.stop()).toBe(0)
})
