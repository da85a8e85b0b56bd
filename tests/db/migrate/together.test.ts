import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { migrationFiles } from '../../../db/migration-files.ts'
import type { EmptyDatabase } from '../empty-database.ts'
import { emptyDatabase } from '../empty-database.ts'
import { onPostgres, outsider } from '../outsider.ts'
import type { ProjectCopy } from '../project-copy.ts'
import { copyProject } from '../project-copy.ts'

let database: EmptyDatabase
let project: ProjectCopy
beforeAll(() => {
  project = copyProject()
})
beforeEach(async () => {
  database = await emptyDatabase()
})
afterEach(() => database.remove())
afterAll(() => project.remove())

async function rows<T>(statement: string): Promise<T[]> {
  const asked = outsider(database.url)
  try {
    return await asked.rows<T>(statement)
  } finally {
    await asked.close()
  }
}
const migrateCommand = () => project.run(database.url, process.execPath, '--import', 'tsx', 'db/migrate-command.ts')

test('bare drizzle-kit migrate applies every step by our runner, finds nothing more to do, and refuses what we refuse', async () => {
  const first = await project.kit(database.url, 'migrate')
  expect(first).toMatchObject({ status: 0, output: expect.stringContaining('Applied 0000_register') })
  const applied = await rows('select name from migrations')
  const again = await project.kit(database.url, 'migrate')
  expect(again).toMatchObject({ status: 0, output: expect.stringContaining('Nothing to apply') })
  expect(await rows('select name from migrations')).toEqual(applied)
  const file = `drizzle/${onPostgres ? 'postgresql' : 'sqlite'}/0000_register.sql`
  project.edit(file, 'CREATE TABLE', '-- edited\nCREATE TABLE')
  const refused = await project.kit(database.url, 'migrate')
  expect(refused).toMatchObject({
    status: 1,
    output: expect.stringContaining('Migration 0000_register was edited after it was applied'),
  })
  project.edit(file, '-- edited\n', '')
})

/** What is refused does not depend on the database. */
const refused: [line: string, ...command: string[]][] = [
  ['npx drizzle-kit migrate', 'push', '--force'],
  ['git restore drizzle', 'drop'],
  ['npx homeroom migrate status', '--config', 'drizzle.config.ts', 'introspect'],
]

test('drizzle-kit push, drop and pull change nothing, and say in one line what to use', async () => {
  await migrateCommand()
  const applied = await rows('select name from migrations')
  const files = () => readdirSync(join(project.folder, 'drizzle'), { recursive: true })
  const before = files()
  for (const [line, ...command] of onPostgres ? refused.slice(0, 1) : refused) {
    const { status, output } = await project.kit(database.url, ...command)
    expect(status).toBe(1)
    const said = output
      .trim()
      .split('\n')
      .filter((each) => !/config/.test(each))
    expect(said).toEqual([expect.stringContaining(line)])
  }
  expect(files()).toEqual(before)
  expect(await rows('select name from migrations')).toEqual(applied)
})

const people = [
  `insert into schools (id, name, slug, time_zone, locale) values (1, 'One', 'one', 'UTC', 'en')`,
  ...['a', 'b', 'c'].map(
    (x) =>
      `insert into students (school_id, id, given_name, family_name, sort_name, search_text) values (1, '00000000-0000-0000-0000-00000000000${x}', '${x}', '${x}', '${x}', '${x}')`,
  ),
  ...['a', 'b'].map(
    (x) =>
      `insert into student_addresses (school_id, id, student_id, kind) values (1, '00000000-0000-0000-0000-00000000000${x}', '00000000-0000-0000-0000-00000000000${x}', 'local')`,
  ),
]

test('a change that rebuilds a table keeps its rows and those that point to them, by our command and by bare drizzle-kit', async () => {
  project.edit(
    'db/values.ts',
    "studentStatuses = ['active', 'inactive']",
    "studentStatuses = ['active', 'inactive', 'graduated']",
  )
  project.edit(
    'db/schema/students.ts',
    "c.oneOf(studentStatuses).notNull().default('active')",
    "c.oneOf(studentStatuses).notNull().default('inactive')",
  )
  const other = await emptyDatabase()
  onTestFinished(() => other.remove())
  const mine = database
  for (const each of [mine, other]) {
    database = each
    await each.runner.migrate(migrationFiles('drizzle'))
    for (const statement of people) await rows(statement)
  }
  const generated = await project.kit(mine.url, 'generate', '--name', 'graduated')
  expect(generated).toMatchObject({ status: 0, output: expect.stringContaining('_graduated.sql') })
  const [file = ''] = /\d{4}_graduated\.sql/.exec(generated.output) ?? []
  const change = readFileSync(join(project.folder, 'drizzle', onPostgres ? 'postgresql' : 'sqlite', file), 'utf8')
  expect(change).toContain(onPostgres ? 'DROP CONSTRAINT' : 'DROP TABLE `students`')
  database = mine
  expect(await migrateCommand()).toMatchObject({ status: 0, output: expect.stringContaining('_graduated') })
  database = other
  expect(await project.kit(other.url, 'migrate')).toMatchObject({
    status: 0,
    output: expect.stringContaining('_graduated'),
  })
  for (const each of [mine, other]) {
    database = each
    expect(await rows('select given_name as name, status from students order by 1')).toEqual(
      ['a', 'b', 'c'].map((name) => ({ name, status: 'active' })),
    )
    expect((await rows('select * from student_addresses')).length).toBe(2)
    await rows(`update students set status = 'graduated'`)
    await expect(rows(`update students set status = 'lost'`)).rejects.toThrow(/students_status_known/)
    await expect(rows('delete from students')).rejects.toThrow(/foreign key|FOREIGN KEY/)
  }
  database = mine
})
