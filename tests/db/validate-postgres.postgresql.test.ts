/** Constraints that a step adds unseen, and the look at older rows afterwards, in a transaction of its own. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EmptyDatabase } from './empty-database.ts'
import { emptyDatabase } from './empty-database.ts'
import { dieAt } from './migrate/die.ts'
import type { Outsider } from './outsider.ts'
import { outsider } from './outsider.ts'
import type { OwnSteps } from './own-steps.ts'
import { ownSteps, steps } from './own-steps.ts'

let database: EmptyDatabase
let mine: OwnSteps
let asked: Outsider
beforeEach(async () => {
  database = await emptyDatabase()
  mine = ownSteps()
  await database.runner.migrate(mine.files())
  asked = outsider(database.url)
  await asked.rows(`insert into schools (id, name, slug, time_zone, locale) values (1, 'One', 'one', 'UTC', 'en')`)
})
afterEach(async () => {
  await asked.close()
  mine.remove()
  await database.remove()
})
const add = (name: string, test: string) =>
  `ALTER TABLE "schools" ADD CONSTRAINT "schools_${name}" CHECK (${test}) NOT VALID;`
const validate = (name: string) => `ALTER TABLE "schools" VALIDATE CONSTRAINT "schools_${name}";`
const addMotto = () =>
  mine.add(
    'motto',
    steps(
      'ALTER TABLE "schools" ADD COLUMN "motto" text;',
      add('motto_length', 'length("schools"."motto") <= 50'),
      validate('motto_length'),
    ),
  )
const migrate = () => database.runner.migrate(mine.files())
const left = () => database.runner.unvalidated(mine.files())

test('a process that dies between the two halves leaves the step applied, and the next one goes on', async () => {
  const tag = addMotto()
  expect(await dieAt(database.url, mine.folder, 'committed')).toBe('SIGKILL')
  expect((await database.runner.applied()).at(-1)?.name).toBe(tag)
  expect(await left()).toEqual(['schools.schools_motto_length'])
  await expect(asked.rows(`update schools set motto = '${'x'.repeat(51)}'`)).rejects.toThrow('schools_motto_length')
  expect(await migrate()).toEqual({ applied: [] })
  expect(await left()).toEqual([])
})

test('two that migrate at once do each half exactly once', async () => {
  const tag = addMotto()
  const reports = await Promise.all([migrate(), migrate()])
  expect(reports.flatMap(({ applied }) => applied)).toEqual([tag])
  expect(reports.flatMap(({ unvalidated = [] }) => unvalidated)).toEqual([])
  expect(await left()).toEqual([])
})

test('people read and write while older rows are looked at', async () => {
  addMotto()
  await migrate()
  await asked.rows('alter table schools drop constraint schools_motto_length')
  await asked.rows(add('motto_length', 'length("schools"."motto") <= 50'))
  const writing = outsider(database.url)
  await writing.rows(`begin; update schools set name = 'Held'`)
  expect(await migrate()).toEqual({ applied: [] })
  expect(await left()).toEqual([])
  await writing.rows('commit')
  await writing.close()
})

test('rows that break it are named with what to do; new ones are refused, and once they are mended it holds', async () => {
  mine.add('short', steps(add('name_short', 'length("schools"."name") <= 2'), validate('name_short')))
  const why =
    'New rows are checked, but rows of schools break the constraint schools_name_short. Correct the rows that this query finds, then run npx homeroom migrate: select * from "schools" where not (length("schools"."name") <= 2)'
  expect(await migrate()).toEqual({ applied: [expect.stringContaining('_short')], unvalidated: [why] })
  expect(await migrate()).toEqual({ applied: [], unvalidated: [why] })
  const query = why.slice(why.indexOf('select * from'))
  expect((await asked.rows<{ name: string }>(query)).map(({ name }) => name)).toEqual(['One'])
  await expect(asked.rows(`update schools set name = 'Two'`)).rejects.toThrow('schools_name_short')
  await asked.rows(`update schools set name = 'Uk'`)
  expect(await migrate()).toEqual({ applied: [] })
})

test('a reference that older rows break is named, with the query that finds them', async () => {
  await asked.rows('alter table departments drop constraint departments_school_fk')
  await asked.rows(
    `insert into departments (school_id, id, name) values (9, '01890000-0000-7000-8000-000000000001', 'Art')`,
  )
  const reference =
    'ALTER TABLE "departments" ADD CONSTRAINT "departments_owner_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") NOT VALID;'
  mine.add('owner', steps(reference, 'ALTER TABLE "departments" VALIDATE CONSTRAINT "departments_owner_fk";'))
  const { unvalidated = [] } = await migrate()
  expect(unvalidated.length).toBe(1)
  const query = unvalidated[0]?.slice(unvalidated[0].indexOf('select * from')) ?? ''
  expect((await asked.rows<{ name: string }>(query)).map(({ name }) => name)).toEqual(['Art'])
})

test('while another program keeps the table for itself it is put off, and the step stays applied', async () => {
  addMotto()
  await migrate()
  await asked.rows('alter table schools drop constraint schools_motto_length')
  await asked.rows(add('motto_length', 'length("schools"."motto") <= 50'))
  const other = outsider(database.url)
  await other.rows('begin; lock table schools in share update exclusive mode')
  const put =
    'New rows are checked for schools_motto_length of schools. The next migrate checks the older rows: the table was in use for 2 s'
  expect(await migrate()).toEqual({ applied: [], unvalidated: [put] })
  await other.rows('rollback')
  await other.close()
  expect(await migrate()).toEqual({ applied: [] })
  expect(await left()).toEqual([])
})
