/** deploy/postgresql-roles.sql: one role changes the tables, another one serves and can't rewrite what the journal says. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { postgresRunner } from '../../../db/migrate-postgres.ts'
import { migrationFiles } from '../../../db/migration-files.ts'
import { openPostgres } from '../../../db/postgres/database.ts'
import { visit } from '../../setup/over-http.ts'
import { asMigrating, asServing, rolesScript } from '../../setup/roles.ts'
import { homeroom, startServer } from '../../setup/server.ts'
import type { EmptyDatabase } from '../empty-database.ts'
import { emptyDatabase } from '../empty-database.ts'
import type { Outsider } from '../outsider.ts'
import { outsider } from '../outsider.ts'
import { ownSteps } from '../own-steps.ts'

interface Seen {
  id: string
  version: number
}

const files = migrationFiles('drizzle')
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

const runScript = () => own.rows(rolesScript)
const migrate = (url = asMigrating(database.url), steps = files) => postgresRunner(url).migrate(steps)

/** What the role that serves may do to which table, and who owns it. */
const rights = () =>
  own.rows(`select relname, pg_get_userbyid(relowner) as owner,
      (select string_agg(privilege_type, ' ' order by privilege_type) from aclexplode(relacl)
        where grantee = 'homeroom_serve'::regrole and privilege_type <> 'MAINTAIN') as rights,
      (select string_agg(attname || ' ' || privilege_type, ' ' order by privilege_type) from pg_attribute, aclexplode(attacl)
        where attrelid = pg_class.oid and grantee = 'homeroom_serve'::regrole) as of_columns
    from pg_class where relkind = 'r' and relnamespace in ('public'::regnamespace, to_regnamespace('drizzle')) order by 1`)

test('the roles have the same rights whether the script or the first migration came first, and however often it runs', async () => {
  await runScript()
  await migrate()
  const first = (await rights()) as { relname: string; rights: string; of_columns: string }[]
  await runScript()
  await migrate()
  expect(await rights()).toEqual(first)
  const before = await emptyDatabase()
  await postgresRunner(before.url).migrate(files)
  await own.close()
  own = outsider(before.url)
  await runScript()
  expect(await rights()).toEqual(first)
  await before.remove()
  const of = (table: string) => first.find(({ relname }) => relname === table)
  expect(of('students')).toMatchObject({ owner: 'homeroom_migrate', rights: 'DELETE INSERT SELECT UPDATE' })
  expect(of('journal')).toMatchObject({ owner: 'homeroom_migrate', rights: 'INSERT SELECT', of_columns: null })
  expect(of('operations')).toMatchObject({ rights: 'INSERT SELECT', of_columns: 'input_salt UPDATE' })
  expect(of('journal_values')).toMatchObject({ rights: 'DELETE INSERT SELECT' })
  expect(of('migrations')).toMatchObject({ rights: 'SELECT' })
  expect(of('__drizzle_migrations')).toMatchObject({ rights: null })
})

test('the role that serves can neither change nor delete what the journal says, nor the tables', async () => {
  await runScript()
  await migrate()
  const serving = outsider(asServing(database.url))
  const refused = [
    `update operations set procedure = 'other'`,
    `update operations set at = now()`,
    'update operations set actor_id = null',
    'delete from operations',
    'truncate operations cascade',
    'update journal set version = 7',
    'delete from journal',
    'truncate journal cascade',
    `update journal_values set content = '{}'`,
    'truncate journal_values',
    'update journal_owners set number = 1',
    'delete from journal_owners',
    'update journal_seals set number = 1',
    'delete from journal_seals',
    'delete from migrations',
    `insert into migrations values (99, 'x', 'x', 1, now())`,
    'select * from drizzle."__drizzle_migrations"',
    'alter table journal add column note text',
    'drop table journal_values',
    'create table notes (n integer)',
    'alter table journal disable trigger all',
    'set role homeroom_migrate',
  ]
  for (const statement of refused)
    await expect(serving.rows(statement), statement).rejects.toMatchObject({ code: '42501' })
  for (const statement of ['delete from journal_values', 'update operations set input_salt = null'])
    expect(await serving.rows(statement)).toEqual([])
  await serving.close()
})

test('what a later version adds is served too, and no other role keeps a right to rewrite the journal', async () => {
  await runScript()
  await migrate()
  await own.rows('grant update, delete on journal to homeroom_serve')
  await own.rows('grant all on operations to public')
  const mine = ownSteps()
  mine.add('extra', 'create table extra (n integer)')
  await migrate(asMigrating(database.url), mine.files())
  const serving = outsider(asServing(database.url))
  for (const statement of ['insert into extra values (1)', 'update extra set n = 2', 'delete from extra'])
    expect(await serving.rows(statement)).toEqual([])
  for (const statement of ['delete from journal', `update operations set procedure = ''`, 'delete from operations'])
    await expect(serving.rows(statement), statement).rejects.toMatchObject({ code: '42501' })
  await serving.close()
  mine.remove()
})

test('from PostgreSQL 17 on, the role that serves refreshes the statistics after an import', async () => {
  await runScript()
  await migrate()
  await own.rows(`insert into schools (id, name, slug, time_zone, locale) values (1, 'One', 'one', 'UTC', 'en')`)
  const db = await openPostgres(asServing(database.url), { min: 1, max: 1 })
  await db.optimize()
  await db.close()
  const [row] = await own.rows<{ version: number; isFresh: boolean }>(
    `select current_setting('server_version_num')::int as version,
      (select reltuples = 1 from pg_class where oid = 'schools'::regclass) as "isFresh"`,
  )
  expect(row?.isFresh).toBe((row?.version ?? 0) >= 170_000)
})

test('a role that serves another schema than the one that was migrated is told so in one line', async () => {
  await own.rows('create schema elsewhere')
  const env = { DATABASE_URL: `${database.url}?search_path=elsewhere`, DATABASE_DIRECT_URL: database.url, PORT: '0' }
  const { code, output } = await homeroom(['start'], { env })
  expect(code).toBe(1)
  const lines = output
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('{'))
  expect(lines).toEqual([expect.stringMatching(/^DATABASE_URL leads to schema elsewhere, where no register is/)])
})

test('the role that serves finds nothing to migrate where that is done, and is told which role is needed where it is not', async () => {
  await runScript()
  await migrate()
  expect(await migrate(asServing(database.url))).toEqual({ applied: [] })
  const mine = ownSteps()
  mine.add('extra', 'create table extra (n integer)')
  await expect(migrate(asServing(database.url), mine.files())).rejects.toThrow(
    /^Migration \d{4}_extra failed: the role of DATABASE_DIRECT_URL .* does not own the tables.*Nothing was changed$/,
  )
  mine.remove()
})

test('a role that owns the database and may make roles runs the script, as hosts allow it', async () => {
  const name = `dba_${process.pid}`
  await own.rows(`create role ${name} login createrole`)
  await own.rows(`alter database ${new URL(database.url).pathname.slice(1)} owner to ${name}`)
  // The roles of this cluster were made by the superuser; where this role makes them, it is their administrator.
  for (const role of ['homeroom_migrate', 'homeroom_serve'])
    await own.rows(`grant ${role} to ${name} with admin option`)
  const dba = outsider(database.url.replace('//postgres@', `//${name}@`))
  await dba.rows(rolesScript)
  await dba.close()
  expect((await migrate()).applied.length).toBe(files.length)
  const serving = outsider(asServing(database.url))
  expect(await serving.rows('select * from students')).toEqual([])
  await expect(serving.rows('delete from journal')).rejects.toMatchObject({ code: '42501' })
  await serving.close()
  await own.rows(`reassign owned by ${name} to postgres`)
  await own.rows(`drop owned by ${name}`)
  await own.rows(`drop role ${name}`)
})

test('a journal of an earlier version is completed before the roles are parted', async () => {
  await migrate(database.url)
  await own.rows(`insert into schools (id, name, slug, time_zone, locale) values (1, 'One', 'one', 'UTC', 'en')`)
  const [id, none] = ['00000000-0000-7000-8000-000000000001', '0'.repeat(64)]
  await own.rows(`insert into operations (school_id, id, way, procedure, input_hash, at)
    values (1, '${id}', 'cli', 'rooms.create', '${none}', now())`)
  await own.rows(`insert into journal (school_id, number, operation_id, entity, entity_id, version, fields, values_hash, hash)
    values (1, 1, '${id}', 'room', '${id}', 1, '[]', '${none}', '${none}')`)
  await expect(runScript()).rejects.toThrow(/^Start this version of Homeroom once with the role that owns the tables/)
})

test('a server and the commands work as the role that serves, which alone is connected then', async () => {
  await runScript()
  const env = { DATABASE_URL: asServing(database.url), DATABASE_DIRECT_URL: asMigrating(database.url) }
  const server = await startServer(env)
  const who = { email: 'ada@school.example', password: 'four quiet green lamps' }
  const init = ['init', '--name', 'Ada Quill', '--email', who.email, '--school', 'Northgate', '--locale', 'en-GB']
  expect(await homeroom(init, { env, input: who.password })).toMatchObject({ code: 0 })
  const { ask } = await visit(server.url, who, 'northgate')
  const { answer: made } = await ask<Seen>('students.create', { givenName: 'Sam', familyName: 'Abara' })
  const { id } = made
  const { answer: changed } = await ask<Seen>('students.update', { id, version: made.version, gradeLevel: '09' })
  const { answer: archived } = await ask<Seen>('students.archive', { id, version: changed.version })
  expect(await ask('students.erase', { id, version: archived.version, confirm: 'Sam Abara' })).toMatchObject({
    status: 200,
  })
  expect((await homeroom(['demo', '--students', '40'], { env })).code).toBe(0)
  expect((await homeroom(['journal', 'verify'], { env })).code).toBe(0)
  const roles =
    await own.rows(`select distinct usename as name from pg_stat_activity where application_name = 'homeroom'
    and datname = current_database()`)
  expect(roles).toEqual([{ name: 'homeroom_serve' }])
  expect(await server.stop()).toBe(0)
  expect(server.output()).not.toMatch(/permission denied|"level":"(error|fatal)"/)
})
