import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestPostgres } from '../../setup/postgres.ts'
import { startPostgres } from '../../setup/postgres.ts'
import { homeroom, run, temporaryFolder } from '../../setup/server.ts'
import { isShort } from '../../thorough.ts'

/** Of a PostgreSQL that brings pg_dump, which the one from npm does not. */
const debian = '/usr/lib/postgresql'
const versions = existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : []
const programs = versions.findLast((bin) =>
  ['postgres', 'pg_dump', 'pg_restore'].every((name) => existsSync(join(bin, name))),
)
const missing =
  'no PostgreSQL with pg_dump is installed (apt-get install postgresql): backups of PostgreSQL are NOT TESTED here'

const folder = temporaryFolder()
const backups = join(folder.path, 'backups')
let server: TestPostgres
let url: string

async function startWithPrograms(bin: string): Promise<TestPostgres> {
  const before = process.env.POSTGRES_BIN
  process.env.POSTGRES_BIN = bin
  try {
    return await startPostgres()
  } finally {
    if (before === undefined) delete process.env.POSTGRES_BIN
    else process.env.POSTGRES_BIN = before
  }
}

async function on<T = postgres.Row>(at: string, text: string): Promise<T[]> {
  const client = postgres(at, { max: 1, onnotice() {} })
  try {
    return (await client.unsafe(text)) as unknown as T[]
  } finally {
    await client.end()
  }
}

const backup = (args: string[], at = url) =>
  homeroom(['backup', ...args, '--folder', backups], { env: { DATABASE_URL: at, DATABASE_DIRECT_URL: at } })
const named = (database: string) => server.url.replace(/postgres$/, database)

beforeAll(async () => {
  if (!programs) return
  server = await startWithPrograms(programs)
  url = named('homeroom')
  await on(server.url, "create database homeroom encoding 'UTF8' template template0")
  const about = [
    '--name',
    'Ada Abara',
    '--email',
    'ada@school.example',
    '--school',
    'Northgate',
    '--time-zone',
    'Europe/London',
  ]
  const env = { DATABASE_URL: url, DATABASE_DIRECT_URL: url }
  const made = await homeroom(['init', ...about, '--locale', 'en-GB'], { input: 'four quiet green lamps', env })
  expect(made).toMatchObject({ code: 0 })
})
afterAll(async () => {
  await server?.stop()
  folder.done()
})

test('without pg_dump of the version of the server one line says what to install', async () => {
  const none = { DATABASE_URL: process.env.DATABASE_DIRECT_URL ?? '', POSTGRES_PROGRAMS: folder.path }
  const said = await homeroom(['backup', 'create', '--folder', backups], { env: none })
  expect(said.code).toBe(1)
  expect(said.output).toMatch(
    /^PostgreSQL is of version \d+ and needs pg_dump of \d+; it is not on this machine: install [^\n]+\n$/,
  )
})

test('a backup is verified in a database of its own, which is dropped, and is refused when it was changed', async (context) => {
  if (!programs) return context.skip(missing)
  const made = await backup(['create'])
  expect(made.output).toContain('Verified: opened again and compared')
  expect(made.code).toBe(0)
  expect(await on(server.url, "select datname from pg_database where datname like 'homeroom_%'")).toEqual([])
  const [name = ''] = readdirSync(backups).filter((one) => one !== 'erased')
  const dump = join(backups, name, 'homeroom.dump')
  const bytes = readFileSync(dump)
  writeFileSync(dump, Buffer.from(bytes).fill(1, 5000, 5001))
  const changed = await backup(['verify', '--json'])
  expect(JSON.parse(changed.said)).toMatchObject({ error: 'file.changed' })
  writeFileSync(dump, bytes)
  expect(await backup(['verify'])).toMatchObject({ code: 0 })
})

test('a backup waits for a migration that is under way', async (context) => {
  if (!programs) return context.skip(missing)
  const migrating = postgres(url, { max: 1, onnotice() {} })
  await migrating`select pg_advisory_lock(7311)`
  const own = join(folder.path, 'waiting')
  const waiting = run(['backup', 'create', '--folder', own], { DATABASE_URL: url, DATABASE_DIRECT_URL: url })
  const asks = () =>
    migrating`select 1 from pg_stat_activity where query like '%try_advisory_lock_shared(7311%' and pid <> pg_backend_pid()`
  await expect.poll(async () => (await asks()).length).toBe(1)
  expect(waiting.said()).toBe('')
  await migrating.end()
  expect(await waiting.ended, waiting.output()).toBe(0)
})

test('pg_dump ends with the backup that is told to end', async (context) => {
  if (!programs) return context.skip(missing)
  const holding = postgres(url, { max: 1, onnotice() {} })
  await holding`begin`
  await holding`lock table saved_views`
  const own = join(folder.path, 'ended')
  const ending = run(['backup', 'create', '--folder', own], { DATABASE_URL: url, DATABASE_DIRECT_URL: url })
  const dumps = async () =>
    (await on(url, "select 1 from pg_stat_activity where application_name = 'homeroom backup'")).length
  await expect.poll(dumps).toBe(1)
  ending.child.kill('SIGTERM')
  expect(await ending.ended).toBe(143)
  await expect.poll(dumps).toBe(0)
  await holding`rollback`
  await holding.end()
})

test('a restore takes the place of the register, keeps the old one, and is refused while somebody is connected', async (context) => {
  if (!programs) return context.skip(missing)
  await on(url, "update users set name = 'Somebody else'")
  const open = postgres(url, { max: 1 })
  await open`select 1`
  const refused = await backup(['restore', '--yes'])
  expect(refused).toMatchObject({ code: 1 })
  expect(refused.output).toContain('connected to the database')
  await open.end()
  const restored = await backup(['restore', '--yes'])
  expect(restored.output).toContain('the register is as it was then')
  expect(await on(url, 'select name from users')).toEqual([{ name: 'Ada Abara' }])
  const [, kept = ''] = /kept as (\S+)/.exec(restored.said) ?? []
  expect(await on(named(kept), 'select name from users')).toEqual([{ name: 'Somebody else' }])
  const journal = await homeroom(['journal', 'verify'], { env: { DATABASE_URL: url, DATABASE_DIRECT_URL: url } })
  expect(journal).toMatchObject({ code: 0, said: expect.stringContaining('northgate: intact') })
})

test('a role that may make no database names an empty one, in which the register is left', async (context) => {
  if (!programs) return context.skip(missing)
  await on(server.url, 'create role plain login')
  await on(url, 'reassign owned by postgres to plain').catch(() => undefined)
  await on(
    url,
    `do $$ declare t text; begin for t in select oid::regclass from pg_class where relkind in ('r', 'S') and relnamespace in ('public'::regnamespace, 'drizzle'::regnamespace) and not exists (select from pg_depend where objid = pg_class.oid and deptype in ('a', 'i') and relkind = 'S') loop execute format('alter table %s owner to plain', t); end loop; end $$`,
  )
  const plain = url.replace('postgres@', 'plain@')
  const refused = await backup(['verify'], plain)
  expect(refused.output).toContain('may make no database')
  await on(server.url, "create database empty owner plain encoding 'UTF8' template template0")
  const empty = named('empty').replace('postgres@', 'plain@')
  const env = { DATABASE_URL: plain, DATABASE_DIRECT_URL: plain, BACKUP_SCRATCH_URL: empty }
  const verify = () => homeroom(['backup', 'verify', '--folder', backups], { env })
  expect(await verify()).toMatchObject({ code: 0, said: expect.stringContaining('Verified') })
  expect(await on(empty, "select relname from pg_class where relname = 'users'")).toEqual([])
  const restored = await backup(['restore', '--yes', '--scratch-url', empty], plain)
  expect(restored.output).toContain('into empty')
  expect(await on(empty, 'select name from users')).toEqual([{ name: 'Ada Abara' }])
  expect((await verify()).output).toContain('name an empty one')
})

test('steps are taken back without a backup only where somebody says so', async () => {
  const env = { DATABASE_URL: process.env.DATABASE_DIRECT_URL ?? '' }
  const refused = await homeroom(['migrate', 'down'], { env })
  expect(refused.code).toBe(1)
  expect(refused.output).toContain('Set BACKUP_FOLDER, so that a backup is made first, or say --without-backup')
  expect((await homeroom(['migrate', 'status'], { env })).said).toContain('Nothing is pending')
  const without = await homeroom(['migrate', 'down', '--without-backup', '--json'], { env })
  expect(JSON.parse(without.said)).toEqual({ takenBack: [expect.any(String)] })
})

test.skipIf(isShort)('a backup is made before steps are taken back, and says where it is', async (context) => {
  if (!programs) return context.skip(missing)
  const own = join(folder.path, 'taken-back')
  const env = { DATABASE_URL: url, DATABASE_DIRECT_URL: url, BACKUP_FOLDER: own }
  const taken = await homeroom(['migrate', 'down'], { env })
  const [name = ''] = readdirSync(own).filter((one) => one !== 'erased')
  expect(taken.said).toContain(`A backup of the database from before is at ${join(own, name)}`)
  expect(await homeroom(['migrate'], { env })).toMatchObject({ code: 0 })
})
