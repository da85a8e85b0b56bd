import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Migration } from '../../../db/migration-files.ts'
import { migrationFiles } from '../../../db/migration-files.ts'
import { Sqlite } from '../../../db/sqlite-driver.ts'
import type { EmptyDatabase } from '../empty-database.ts'
import { emptyDatabase } from '../empty-database.ts'
import { outsider } from '../outsider.ts'

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

function step(statements: string[], mayLoseRows: string[] = [], mayLoseValues: string[] = []): Migration {
  const hash = createHash('sha256').update(statements.join()).digest('hex')
  return {
    name: '9999_step',
    when: Date.now() + 1e12,
    hash,
    statements,
    validations: [],
    isCompatible: false,
    mayLoseRows,
    mayLoseValues,
  }
}
const apply = (migration: Migration) => database.runner.migrate([...migrationFiles('drizzle'), migration])

const copies = () => readdirSync(dirname(database.file)).filter((name) => name.includes('.before-'))

const readableBy = (file: string) => (statSync(file).mode & 0o777).toString(8)

test('the file and its journal can be read by nobody else on the machine, whatever the folder allows', async () => {
  const { file } = database
  const held = new Sqlite(file)
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

const rebuilt = (columns: string, sources: string) => [
  'create table extra (id integer primary key, seats integer, note text)',
  'insert into extra values (1, 30, null), (2, null, null)',
  'create table __new_extra (id integer primary key, places integer, note text)',
  `INSERT INTO \`__new_extra\`(${columns}) SELECT ${sources} FROM \`extra\`;`,
  'drop table extra',
  'ALTER TABLE `__new_extra` RENAME TO `extra`;',
]

/** Applies each list of statements as a step; the last may lose the values that are named. */
function inTurn(lists: string[][], mayLoseValues: string[] = []) {
  const steps = lists.map((statements, index) => ({
    ...step(statements, [], mayLoseValues),
    name: `${9990 + index}_step`,
    when: Date.now() + (index + 1) * 1e12,
  }))
  return database.runner.migrate([...migrationFiles('drizzle'), ...steps])
}

test('a step that would empty a column is refused by its name, unless its file says that the values may go', async () => {
  const [make = '', fill = '', ...rebuild] = rebuilt('"id", "note"', '"id", "note"')
  await inTurn([[make, fill]])
  await expect(inTurn([[make, fill], rebuild])).rejects.toThrow(
    'Migration 9991_step would empty 1 of 1 values of extra.seats. Nothing was changed. If it is meant to, add the line "-- values may go: extra.seats"',
  )
  expect(await rows('select seats from extra')).toEqual([{ seats: 30 }, { seats: null }])
  await inTurn([[make, fill], rebuild], ['extra.seats'])
  expect(await rows('select places from extra')).toEqual([{ places: null }, { places: null }])
})

test('values that a rebuild brings to another name are not lost; those that an update empties are', async () => {
  const [make = '', fill = '', ...rebuild] = rebuilt('"id", "places", "note"', `"id", coalesce("seats", 0), "note"`)
  await inTurn([[make, fill]])
  await inTurn([[make, fill], rebuild])
  expect(await rows('select places from extra')).toEqual([{ places: 30 }, { places: 0 }])
  await expect(inTurn([[make, fill], rebuild, ['update extra set places = null']])).rejects.toThrow(
    'would empty 2 of 2 values of extra.places',
  )
})

test('a step that would leave a row pointing nowhere is refused', async () => {
  const dangling = step([`insert into departments (school_id, id, name) values (99, 'd', 'Nowhere')`])
  await expect(apply(dangling)).rejects.toThrow('rows of departments that point to no row of schools')
  expect(await rows('select * from departments')).toEqual([])
})

test('before it changes rows that are there, the runner puts a whole copy of the file beside it', async () => {
  const { copy = '' } = await apply(step(['create table extra (n integer)', 'update schools set version = 2']))
  expect(dirname(copy)).toBe(dirname(database.file))
  expect(copy).toContain('.before-9999_step-')
  const copied = new Sqlite(copy, { readonly: true })
  expect(copied.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(copied.prepare('select id from schools').pluck().all()).toEqual([1, 2])
  expect(copied.prepare(`select count(*) from sqlite_master where name = 'extra'`).pluck().get()).toBe(0)
  copied.close()
  expect(readableBy(copy)).toBe('600')
  expect(await rows('select * from extra')).toEqual([])
  expect(copies()).toEqual([basename(copy)])
})

test('a step that only adds leaves the rows as they are: no copy is made, and no other table is looked at', async () => {
  const unsound = new Sqlite(database.file)
  unsound.pragma('foreign_keys = OFF')
  unsound.exec(`insert into departments (school_id, id, name) values (99, 'd', 'Nowhere')`)
  unsound.close()
  const adding = [
    'create table extra (school_id integer references schools (id))',
    'insert into extra select id from schools',
    'create index extra_ix on extra (school_id)',
    'alter table schools add column motto text',
    `alter table schools add constraint "schools_motto_length" check((length("schools"."motto") <= 50) is not false)`,
  ]
  expect(await apply(step(adding))).toEqual({ applied: ['9999_step'] })
  expect(copies()).toEqual([])
  expect(await rows('select * from extra')).toEqual([{ school_id: 1 }, { school_id: 2 }])
})

test('rows that a step puts into its own table must point to rows that are there', async () => {
  const dangling = ['create table extra (school_id integer references schools (id))', 'insert into extra values (99)']
  await expect(apply(step(dangling))).rejects.toThrow('rows of extra that point to no row of schools')
  await expect(rows('select * from extra')).rejects.toThrow('no such table')
})

test.each([
  ['two statements in one', 'create table extra (n integer); delete from schools'],
  ['a table that is rebuilt', 'drop table departments'],
  ['rows that are changed', `update schools set name = 'Other'`],
  ['rows that go into a table of before', `insert into departments (school_id, id, name) values (1, 'd', 'Art')`],
])('%s: the file is copied first', async (_, statement) => {
  const { copy } = await apply(step([statement], ['schools', 'departments']))
  expect(copies()).toEqual([basename(copy ?? '')])
})

test('where nothing is to be applied, no copy is made', async () => {
  const size = statSync(database.file).size
  expect(await database.runner.migrate(migrationFiles('drizzle'))).toEqual({ applied: [] })
  expect(statSync(database.file).size).toBe(size)
  expect(copies()).toEqual([])
})

test('a program that is writing is waited for', async () => {
  const other = new Sqlite(database.file)
  other.exec('begin immediate; update schools set version = 2')
  const migrating = apply(step(['create table extra (n integer)']))
  await new Promise((resolve) => setTimeout(resolve, 300))
  other.exec('commit')
  other.close()
  expect((await migrating).applied).toEqual(['9999_step'])
  expect(await rows('select version from schools')).toEqual([{ version: 2 }, { version: 2 }])
})

test('a constraint that rows break is refused with its name, its table and the query that finds them', async () => {
  const check =
    'alter table schools add constraint "schools_name_short" check((length("schools"."name") <= 2) is not false)'
  const query = 'select * from "schools" where not ((length("schools"."name") <= 2) is not false)'
  await expect(apply(step([check]))).rejects.toThrow(
    `Migration 9999_step failed: rows of schools break the constraint schools_name_short. Correct the rows that this query finds, then run npx homeroom migrate: ${query}. Nothing was changed`,
  )
  expect((await rows(query)).length).toBe(2)
  await rows(`update schools set name = 'Uk'`)
  expect((await apply(step([check]))).applied).toEqual(['9999_step'])
  await expect(rows(`update schools set name = 'Three'`)).rejects.toThrow('schools_name_short')
})

const reference =
  'ALTER TABLE `departments` ADD CONSTRAINT "departments_owner_fk" FOREIGN KEY (`school_id`,`sourced_id`) REFERENCES `departments`(`school_id`,`id`) ON UPDATE no action ON DELETE no action;'
const department = (id: string, sourcedId: string | null) =>
  `insert into departments (school_id, id, name, sourced_id) values (1, '${id}', '${id}', ${sourcedId ? `'${sourcedId}'` : null})`

test('a new reference holds at once, also for a program that has had the file open since before', async () => {
  await rows(department('a', null))
  const serving = new Sqlite(database.file)
  serving.pragma('foreign_keys = ON')
  const insert = serving.prepare(department('b', 'nobody'))
  const first = serving.prepare('select count(*) from departments').pluck()
  expect(first.get()).toBe(1)
  expect(await apply(step([reference]))).toEqual({ applied: ['9999_step'] })
  expect(() => insert.run()).toThrow('FOREIGN KEY constraint failed')
  serving.exec(department('c', 'a'))
  expect(() => serving.exec(`delete from departments where id = 'a'`)).toThrow('FOREIGN KEY constraint failed')
  serving.close()
  expect(await rows('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
})

test('a reference that rows break is refused, and the table stays as it was', async () => {
  await rows(department('b', 'nobody'))
  const before = await rows(`select sql from sqlite_schema where name = 'departments'`)
  await expect(apply(step([reference]))).rejects.toThrow(
    /rows of departments break the constraint departments_owner_fk/,
  )
  expect(await rows(`select sql from sqlite_schema where name = 'departments'`)).toEqual(before)
})

test('a step that fails after it wrote a reference leaves nothing of it', async () => {
  await expect(apply(step([reference, 'insert into nowhere values (1)']))).rejects.toThrow('nowhere')
  expect((await rows<{ from: string }>('pragma foreign_key_list(departments)')).map(({ from }) => from)).toEqual([
    'school_id',
  ])
  await rows(department('b', 'nobody'))
})

test('a list of words that may be empty takes one more word while rows are empty', async () => {
  const drop = 'ALTER TABLE `enrollments` DROP CONSTRAINT "enrollments_withdrawal_reason_known";'
  const found = await rows<{ sql: string }>(`select sql from sqlite_schema where name = 'enrollments'`)
  const [, list = ''] = /CHECK\("enrollments"\."withdrawal_reason" in \(([^)]*)\)\)/.exec(found[0]?.sql ?? '') ?? []
  expect(list).toContain(`'moved'`)
  const add = `ALTER TABLE \`enrollments\` ADD CONSTRAINT "enrollments_withdrawal_reason_known" CHECK(("enrollments"."withdrawal_reason" in (${list}, 'holiday')) IS NOT FALSE);`
  await rows(
    `insert into students (school_id, id, given_name, family_name, sort_name, search_text) values (1, 's', 'A', 'B', 'b', 'a')`,
  )
  await rows(`insert into classes (school_id, id, title, sort_name) values (1, 'c', 'Art', 'art')`)
  await rows(
    `insert into enrollments (school_id, id, student_id, class_id, status) values (1, 'e', 's', 'c', 'enrolled')`,
  )
  expect(await apply(step([drop, add]))).toEqual({ applied: ['9999_step'] })
  await rows(`update enrollments set withdrawal_reason = 'holiday'`)
  await expect(rows(`update enrollments set withdrawal_reason = 'other reason'`)).rejects.toThrow('_reason_known')
})
