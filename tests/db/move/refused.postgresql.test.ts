/** Registers that PostgreSQL would not take, and places that take no register. */
import './own-file.ts'
import postgres from 'postgres'
import { expect, inject, test } from 'vitest'
import { postgresRunner } from '../../../db/migrate-postgres.ts'
import { migrationFiles } from '../../../db/migration-files.ts'
import { move } from '../../../db/move/move.ts'
import { status } from '../../../db/move/status.ts'
import { stop } from '../../../db/move/stop.ts'
import { open } from '../../../db/open.ts'
import { endedAt, inFile, options, tablesOfTarget, target } from './on-its-way.ts'
import { file } from './own-file.ts'
import { on } from './query.ts'
import { emptyDatabase } from './target-database.ts'

const planted: [string, string, RegExp][] = [
  ['a text with NUL', `update students set given_name = 'a' || char(0)`, /students.given_name of .*not storable text/],
  ['a text in a column of numbers', `update rooms set seats = 'many'`, /rooms.seats of .*not an integer/],
  ['bytes', `update students set given_name = x'c328'`, /students.given_name of .*bytes, not a text/],
  [
    'a text that is no UTF-8',
    `update students set given_name = cast(x'c328' as text)`,
    /students.given_name of .*no UTF-8/,
  ],
  ['no day', `update students set birth_date = '2026-02-30'`, /students.birth_date of .*not a date/],
  ['half a pair in JSON', `update rooms set extra = '{"a":"\\ud800"}'`, /rooms.extra of /],
  [
    'a reference to nothing',
    `update enrollments set student_id = '00000000-0000-7000-8000-000000000000'`,
    /enrollments, row \d+: it refers to no row of students/,
  ],
  ['a table of a newer version', 'alter table rooms add column color text', /rooms.color: this version does not know/],
]
test.each(planted)('%s is named before anything is changed', async (_, statement, sentence) => {
  inFile((client) => {
    client.pragma('foreign_keys = OFF')
    client.pragma('ignore_check_constraints = ON')
    client.exec(statement)
  })
  await expect(move(options())).rejects.toThrow(sentence)
  expect(await tablesOfTarget()).toEqual([])
  expect(await status({ file, url: target.url })).toBeUndefined()
  await (await open()).close()
})

test('a database that is not empty, or has another register on its way, is refused', async () => {
  await on(target.url, 'create table theirs (id int)')
  await expect(move(options())).rejects.toThrow('is not empty: it has 1 tables or views, such as public.theirs')
  await on(target.url, 'drop table theirs; create schema drizzle; create table drizzle.theirs (id int)')
  await expect(move(options())).rejects.toThrow('is not empty: it has 1 tables or views, such as drizzle.theirs')
  await on(target.url, 'drop table drizzle.theirs; create table move (id text); insert into move values (1)')
  await expect(move(options())).rejects.toThrow('Another register is on its way')
  const other = postgres(target.url, { max: 1 })
  await other`select pg_advisory_lock(hashtext('homeroom move'))`
  await expect(move(options())).rejects.toThrow('goes on in another process')
  await other.end()
  expect(inject('postgresUrl')).not.toBe(target.url)
  await (await open()).close()
})

test('a move does not change its target', async () => {
  await expect(endedAt('made')).rejects.toThrow('the mover ends')
  const other = await emptyDatabase()
  await expect(move({ ...options(), url: other.url })).rejects.toThrow('is on its way to')
  await other.drop()
})

test('a register that somebody else made in the database is neither emptied nor filled, whatever the file says', async () => {
  await expect(endedAt('captured')).rejects.toThrow('the mover ends')
  await postgresRunner(target.url).migrate(migrationFiles('drizzle', 'postgresql'))
  await on(
    target.url,
    `insert into schools (id, name, slug, time_zone, locale) values (1, 'Theirs', 'theirs', 'UTC', 'en')`,
  )
  await expect(move(options())).rejects.toThrow('is not empty')
  await expect(stop({ file, url: target.url })).rejects.toThrow('holds a register that this move did not make')
  expect(await on(target.url, 'select name from schools')).toEqual([{ name: 'Theirs' }])
  await (await open()).close()
})

test('another schema of the same database is another place', async () => {
  await on(target.url, 'create schema south')
  const south = `${target.url}?search_path=south`
  const begun = move({
    ...options(({ phase }) => {
      if (phase === 'copying') throw new Error('the mover ends')
    }),
    url: south,
  })
  await expect(begun).rejects.toThrow('the mover ends')
  await expect(move(options())).rejects.toThrow(/schema south, and MOVE_TARGET_URL names/)
  const moved = await move({ ...options(), url: south })
  expect(moved.target).toMatch(/, schema south$/)
})
