/** What new columns cost on a table of a million students. The figures are printed; what is asserted is that nothing is rewritten. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrationFiles } from '../../db/migration-files.ts'
import type { EmptyDatabase } from '../db/empty-database.ts'
import { emptyDatabase } from '../db/empty-database.ts'
import type { Outsider } from '../db/outsider.ts'
import { onPostgres, outsider } from '../db/outsider.ts'
import type { ProjectCopy } from '../db/project-copy.ts'
import { copyProject } from '../db/project-copy.ts'

const million = 1_000_000
/** In ms. A machine that does nothing else takes a tenth; what looks at every row under a lock, or rebuilds, takes more. */
const alarm = 20_000

let project: ProjectCopy
let database: EmptyDatabase
let asked: Outsider

const numbers = onPostgres
  ? `generate_series(1, ${million}) as n`
  : `(with recursive up (n) as (select 1 union all select n + 1 from up where n < ${million}) select n from up)`
const idOf = onPostgres
  ? `('01890000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid`
  : `printf('01890000-0000-7000-8000-%012d', n)`
const fill = `insert into students (school_id, id, given_name, family_name, sort_name, search_text, number, birth_date, grade_level)
  select 1, ${idOf}, 'Given' || n, 'Family' || n, 'family' || n || ' given' || n, 'given' || n || ' family' || n, 'N' || n, '2010-01-01', '07'
  from ${numbers}`

beforeAll(async () => {
  project = copyProject()
  database = await emptyDatabase()
  await database.runner.migrate(migrationFiles('drizzle'))
  asked = outsider(database.url)
  await asked.rows(`insert into schools (id, name, slug, time_zone, locale) values (1, 'One', 'one', 'UTC', 'en')`)
  await asked.rows(fill)
}, 600_000)
afterAll(async () => {
  await asked.close()
  await database.remove()
  project.remove()
})

const addColumns = (columns: string) =>
  project.edit('db/schema/students.ts', 'mergedIntoId: c.ref(),', `mergedIntoId: c.ref(), ${columns}`)

/** Where the rows of the table lie: PostgreSQL's file, SQLite's count of pages. */
async function place(): Promise<number> {
  const [row] = onPostgres
    ? await asked.rows<{ at: number }>(`select pg_relation_filenode('students') as at`)
    : await asked.rows<{ at: number }>('select page_count as at from pragma_page_count()')
  return Number(row?.at)
}

/** Applies what the schema has that the database lacks; answers how many ms that took. */
async function migrated(name: string): Promise<number> {
  expect((await project.kit(database.url, 'generate', '--name', name)).status).toBe(0)
  const files = migrationFiles(join(project.folder, 'drizzle'))
  const begun = performance.now()
  const report = await database.runner.migrate(files)
  const ms = performance.now() - begun
  expect(report).toEqual({ applied: [expect.stringContaining(name)] })
  console.log(`${onPostgres ? 'PostgreSQL' : 'SQLite'}, ${million} students, ${name}: ${Math.round(ms)} ms`)
  return ms
}

test('one text', async () => {
  const before = await place()
  addColumns('pronouns: c.text(50),')
  expect(await migrated('one_text')).toBeLessThan(alarm)
  expect((await place()) - before).toBeLessThan(onPostgres ? 1 : 100)
}, 120_000)

test('a word of a list, a flag with a default and a date', async () => {
  const before = await place()
  addColumns(
    `house: c.oneOf(['red', 'blue']).notNull().default('red'), isHere: c.boolean().notNull().default(true), leftOn: c.date(),`,
  )
  expect(await migrated('word_flag_date')).toBeLessThan(alarm)
  expect((await place()) - before).toBeLessThan(onPostgres ? 1 : 100)
}, 120_000)

test('a reference, without an index', async () => {
  const before = await place()
  addColumns('secondProgramId: c.ref(),')
  project.edit(
    'db/schema/students.ts',
    "uniqueIndex('students_number_uq')",
    "within('students_second_program_fk', t, t.secondProgramId, programs),\n    uniqueIndex('students_number_uq')",
  )
  expect(await migrated('reference')).toBeLessThan(alarm)
  expect((await place()) - before).toBeLessThan(onPostgres ? 1 : 100)
}, 120_000)

test('one more word in a list', async () => {
  const before = await place()
  project.edit(
    'db/values.ts',
    "studentStatuses = ['active', 'inactive']",
    "studentStatuses = ['active', 'inactive', 'away']",
  )
  expect(await migrated('wider_list')).toBeLessThan(alarm)
  expect((await place()) - before).toBeLessThan(onPostgres ? 1 : 100)
}, 120_000)

test('an index for the reference', async () => {
  project.edit(
    'db/schema/students.ts',
    "uniqueIndex('students_number_uq')",
    "index('students_second_program_ix').on(t.schoolId, t.secondProgramId),\n    uniqueIndex('students_number_uq')",
  )
  expect(await migrated('index')).toBeLessThan(alarm)
}, 120_000)
