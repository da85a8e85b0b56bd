/** New columns of every kind on a table that holds rows, from the schema to the database. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrationFiles } from '../../../db/migration-files.ts'
import { schemaOf } from '../catalog.ts'
import type { EmptyDatabase } from '../empty-database.ts'
import { emptyDatabase } from '../empty-database.ts'
import type { Outsider } from '../outsider.ts'
import { onPostgres, outsider } from '../outsider.ts'
import type { ProjectCopy } from '../project-copy.ts'
import { copyProject } from '../project-copy.ts'

let project: ProjectCopy
let database: EmptyDatabase
let asked: Outsider
let step: string
let before: Record<string, object>

/** What bare `npx drizzle-kit generate --name …` writes for this database. */
async function generated(name: string): Promise<string> {
  const { status, output } = await project.kit(database.url, 'generate', '--name', name)
  expect(status).toBe(0)
  const [file = output] = /drizzle\/\S+\.sql/.exec(output) ?? []
  return readFileSync(join(project.folder, file), 'utf8')
}
const migrate = () => database.runner.migrate(migrationFiles(join(project.folder, 'drizzle')))

const school = `insert into schools (id, name, slug, time_zone, locale) values (1, 'One', 'one', 'UTC', 'en')`
const idOf = (n: number) => `01890000-0000-7000-8000-00000000000${n}`
const student = (n: number) =>
  `insert into students (school_id, id, given_name, family_name, sort_name, search_text) values (1, '${idOf(n)}', 'A', 'B', 'b', 'a')`

beforeAll(async () => {
  project = copyProject()
  database = await emptyDatabase()
  await migrate()
  asked = outsider(database.url)
  before = await schemaOf(asked)
  for (const statement of [school, student(1), student(2)]) await asked.rows(statement)
  project.edit(
    'db/schema/students.ts',
    'mergedIntoId: c.ref(),',
    `mergedIntoId: c.ref(),
    pronouns: c.text(50),
    house: c.oneOf(['red', "l'or"]).notNull().default('red'),
    leftOn: c.date(),
    wakesAt: c.time(),
    isHere: c.boolean().notNull().default(true),
    fee: c.decimal(6, 2).notNull().default('1.50'),
    secondProgramId: c.ref(),`,
  )
  project.edit(
    'db/schema/students.ts',
    "uniqueIndex('students_number_uq')",
    `within('students_second_program_fk', t, t.secondProgramId, programs),
    index('students_second_program_ix').on(t.schoolId, t.secondProgramId),
    uniqueIndex('students_number_uq')`,
  )
  project.edit(
    'db/values.ts',
    "studentStatuses = ['active', 'inactive']",
    "studentStatuses = ['active', 'inactive', 'away']",
  )
  step = await generated('many_columns')
})
afterAll(async () => {
  await asked.close()
  await database.remove()
  project.remove()
})

test('bare drizzle-kit generate writes a step that rebuilds no table and looks at no row under an exclusive lock', () => {
  const statements = step.split('--> statement-breakpoint\n')
  expect(statements.filter((statement) => /__new_|DROP TABLE|INSERT INTO|PRAGMA/.test(statement))).toEqual([])
  const added = statements.filter((statement) => / ADD CONSTRAINT "\w+" CHECK/.test(statement))
  expect(added).toContain(
    onPostgres
      ? 'ALTER TABLE "students" ADD CONSTRAINT "students_pronouns_length" CHECK (length("students"."pronouns") <= 50) NOT VALID;'
      : 'ALTER TABLE `students` ADD CONSTRAINT "students_pronouns_length" CHECK((length("students"."pronouns") <= 50) IS NOT FALSE);',
  )
  expect(added.length).toBe(3)
  const validations = statements.slice(-4).map((statement) => / VALIDATE CONSTRAINT "(\w+)"/.exec(statement)?.[1])
  const names = [
    'students_second_program_fk',
    'students_pronouns_length',
    'students_house_known',
    'students_status_known',
  ]
  if (onPostgres) expect(validations).toEqual(names)
})

test('the step is declared compatible, and generating again finds nothing to do', async () => {
  expect(step).toMatch(/^-- compatible: the version before may start on this schema\n/)
  const { output } = await project.kit(database.url, 'generate', '--name', 'again')
  expect(output).toContain('No schema changes')
})

test('rows that are there take it, and from then on every part of it holds', async () => {
  expect((await migrate()).applied).toEqual([expect.stringContaining('many_columns')])
  const [row] = await asked.rows<object>(
    'select pronouns, house, left_on, second_program_id, fee, status from students limit 1',
  )
  const fee = onPostgres ? '1.50' : 150
  expect(row).toEqual({ pronouns: null, house: 'red', left_on: null, second_program_id: null, fee, status: 'active' })
  const refused = (set: string) => expect(asked.rows(`update students set ${set}`)).rejects
  await refused(`pronouns = '${'x'.repeat(51)}'`).toThrow(/students_pronouns_length/)
  await refused(`house = 'green'`).toThrow(/students_house_known/)
  await refused(`status = 'lost'`).toThrow(/students_status_known/)
  await refused(`second_program_id = '${idOf(9)}'`).toThrow(/foreign key|FOREIGN KEY/i)
  await asked.rows(`insert into programs (school_id, id, name, type) values (1, '${idOf(9)}', 'P', 'other')`)
  await asked.rows(
    `update students set pronouns = 'they', house = 'l''or', status = 'away', second_program_id = '${idOf(9)}'`,
  )
  await expect(asked.rows('delete from programs')).rejects.toThrow(/foreign key|FOREIGN KEY/i)
})

test('the database is sound afterwards, and nothing is left to be looked at', async () => {
  if (onPostgres) {
    const [open] = await asked.rows<{ n: string }>('select count(*) as n from pg_constraint where not convalidated')
    expect(Number(open?.n)).toBe(0)
    return
  }
  expect(await asked.rows('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
  expect(await asked.rows('pragma foreign_key_check')).toEqual([])
  const keys = await asked.rows<{ from: string }>(`pragma foreign_key_list("students")`)
  expect(keys.map(({ from }) => from)).toContain('second_program_id')
})

test('the way back comes with the step, and leaves the schema as it was before', async () => {
  const files = migrationFiles(join(project.folder, 'drizzle'))
  await asked.rows(`update students set status = 'active'`)
  expect((await database.runner.down(files, 1)).takenBack).toEqual([expect.stringContaining('many_columns')])
  expect(await schemaOf(asked)).toEqual(before)
  expect((await migrate()).applied).toEqual([expect.stringContaining('many_columns')])
  await asked.rows(
    `update students set pronouns = 'they', house = 'l''or', status = 'away', second_program_id = '${idOf(9)}'`,
  )
})

test('a change that can not be made in place still rebuilds the table, and keeps what is in every column', async () => {
  project.edit(
    'db/schema/students.ts',
    'pronouns: c.text(50),',
    `pronouns: c.text(50).notNull().default(''), shoes: c.integer(),`,
  )
  const strict = await generated('strict_pronouns')
  expect(strict.includes('DROP TABLE `students`')).toBe(!onPostgres)
  expect(strict).not.toContain('-- compatible')
  expect(migrationFiles(join(project.folder, 'drizzle')).at(-1)?.down).toBeUndefined()
  const { copy } = await migrate()
  expect(copy === undefined).toBe(onPostgres)
  const rows = await asked.rows('select pronouns, house, second_program_id, shoes from students')
  const kept = { pronouns: 'they', house: "l'or", second_program_id: idOf(9), shoes: null }
  expect(rows).toEqual([kept, kept])
  await expect(asked.rows(`update students set house = 'green'`)).rejects.toThrow(/students_house_known/)
  await expect(asked.rows(`update students set second_program_id = '${idOf(8)}'`)).rejects.toThrow(/foreign key/i)
})

test('a column that must be filled comes with a place for what older rows have in it, and is required without a rebuild', async () => {
  const required = `shoes: c.integer().notNull(), badge: c.text(20).notNull(),`
  project.edit('db/schema/students.ts', 'shoes: c.integer(),', required)
  const step = await generated('required')
  expect(step).not.toContain('__new_')
  expect(step.match(/SET NOT NULL/g)).toHaveLength(2)
  await expect(migrate()).rejects.toThrow(/required failed/)
  await asked.rows('update students set shoes = 40')
  await expect(migrate()).rejects.toThrow(/EDIT_ME/i)
  const own = `drizzle/${onPostgres ? 'postgresql' : 'sqlite'}`
  const file = readdirSync(join(project.folder, own)).find((name) => name.endsWith('_required.sql'))
  project.edit(`${own}/${file}`, 'EDIT_ME', `'none'`)
  await migrate()
  expect(await asked.rows('select shoes, badge, house from students')).toEqual(
    Array(2).fill({ shoes: 40, badge: 'none', house: "l'or" }),
  )
  await expect(asked.rows('update students set badge = null')).rejects.toThrow(/badge/)
})
