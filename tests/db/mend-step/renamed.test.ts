/** What a rename leaves in a table that SQLite has to rebuild, on a copy of the project; it is said without a terminal. */
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrationFiles } from '../../../db/migration-files.ts'
import type { EmptyDatabase } from '../empty-database.ts'
import { emptyDatabase } from '../empty-database.ts'
import type { Outsider } from '../outsider.ts'
import { onPostgres, outsider } from '../outsider.ts'
import type { ProjectCopy } from '../project-copy.ts'
import { copyProject } from '../project-copy.ts'

let project: ProjectCopy
let database: EmptyDatabase
let asked: Outsider
beforeEach(async () => {
  project = copyProject()
  database = await emptyDatabase()
  await migrate()
  asked = outsider(database.url)
  await asked.rows(`insert into schools (id, name, slug, time_zone, locale) values (1, 'One', 'one', 'UTC', 'en')`)
  await asked.rows(
    `insert into rooms (school_id, id, name, seats) values (1, '01890000-0000-7000-8000-000000000001', 'Lab', 30)`,
  )
})
afterEach(async () => {
  await asked.close()
  await database.remove()
  project.remove()
})

const migrate = () => database.runner.migrate(migrationFiles(join(project.folder, 'drizzle')))
const generate = (...answers: string[]) =>
  project.run('', process.execPath, '--import', 'tsx', 'db/generate.ts', '--name', 'renamed', ...answers)
async function migrateRenamed(output: string): Promise<void> {
  expect((await migrate()).applied, output).toEqual([expect.stringContaining('renamed')])
}

const students = onPostgres
  ? `select 1, ('01890000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'A', 'B', 'b', 'a', 'G' || (n % 13)
    from generate_series(1, 5000) as n`
  : `with recursive up (n) as (select 1 union all select n + 1 from up where n < 5000)
    select 1, printf('01890000-0000-7000-8000-%012d', n), 'A', 'B', 'b', 'a', 'G' || (n % 13) from up`

test('renamed columns keep what is in them, beside one that is new', async () => {
  await asked.rows(
    `insert into students (school_id, id, given_name, family_name, sort_name, search_text, grade_level) ${students}`,
  )
  project.edit('db/schema/rooms.ts', 'seats: c.integer(),', 'places: c.integer(), floor: c.text(20),')
  project.edit('db/schema/rooms.ts', 't.seats}', 't.places}')
  project.edit('db/schema/students.ts', 'gradeLevel:', 'yearGroup:')
  const renames = ['--renamed', 'rooms.seats=places', '--renamed', 'students.grade_level=year_group']
  const { output } = await generate(...renames, '--created', 'rooms.floor')
  for (const dialect of ['sqlite', 'postgresql'])
    expect(output).toMatch(new RegExp(`drizzle/${dialect}/\\d+_renamed.sql:\\d+ rename-column: students.grade_level`))
  await migrateRenamed(output)
  expect(await asked.rows('select name, places, floor from rooms')).toEqual([{ name: 'Lab', places: 30, floor: null }])
  await expect(asked.rows('update rooms set places = -1')).rejects.toThrow(/rooms_seats_positive/)
  const count = 'select count(year_group) as kept, count(distinct year_group) as words from students'
  const [row] = await asked.rows<{ kept: number; words: number }>(count)
  expect([Number(row?.kept), Number(row?.words)]).toEqual([5000, 13])
})

test('a renamed table keeps its rows, also where one of its columns is renamed with it', async () => {
  project.edit('db/schema/rooms.ts', "'rooms',", "'spaces',")
  project.edit('db/schema/rooms.ts', 'seats: c.integer(),', 'places: c.integer(), floor: c.text(20),')
  project.edit('db/schema/rooms.ts', 't.seats}', 't.places}')
  process.env.RENAMED = 'rooms=spaces,spaces.seats=places,spaces.floor'
  const { output } = await project.kit(database.url, 'generate', '--name', 'renamed')
  delete process.env.RENAMED
  await migrateRenamed(output)
  expect(await asked.rows('select name, places, floor from spaces')).toEqual([{ name: 'Lab', places: 30, floor: null }])
  await expect(asked.rows('update spaces set places = -1')).rejects.toThrow(/rooms_seats_positive/)
})
