import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { outOfStep } from './db/out-of-step.ts'
import type { ProjectCopy } from './db/project-copy.ts'
import { copyProject } from './db/project-copy.ts'

let project: ProjectCopy
beforeEach(() => {
  project = copyProject()
})
afterEach(() => project.remove())

const mend = 'npm run db:generate -- --name <what-changed>'

test('the schema and both folders of migrations are in step, and looking leaves no file behind', () => {
  const before = readdirSync('drizzle', { recursive: true })
  const said = execFileSync(process.execPath, ['--import', 'tsx', 'tests/in-step.ts'], { encoding: 'utf8' })
  expect(said).toBe('The schema, drizzle/sqlite and drizzle/postgresql are in step\n')
  expect(readdirSync('drizzle', { recursive: true })).toEqual(before)
})

test('a new column that no step makes is found, and the command that makes it is named', async () => {
  project.edit('db/schema/rooms.ts', 'seats: c.integer(),', 'seats: c.integer(), floor: c.integer(),')
  expect(await outOfStep(project)).toEqual([
    `db/schema has changes that no step in drizzle/sqlite makes: run ${mend}`,
    `db/schema has changes that no step in drizzle/postgresql makes: run ${mend}`,
  ])
})

test('a renamed column, about which drizzle-kit would ask, is found without an answer', async () => {
  project.edit('db/schema/rooms.ts', 'seats: c.integer(),', 'places: c.integer(),')
  project.edit('db/schema/rooms.ts', 't.seats}', 't.places}')
  expect((await outOfStep(project)).length).toBe(2)
})

test('a step made for one database alone is found, and named', async () => {
  project.edit('db/schema/rooms.ts', 'seats: c.integer(),', 'seats: c.integer(), floor: c.integer(),')
  const { status } = await project.kit('file:./none.db', 'generate', '--name', 'room_floor')
  expect(status).toBe(0)
  const found = await outOfStep(project)
  expect(found[0]).toMatch(/^Step \d+ is \d{4}_room_floor in drizzle\/sqlite and missing in drizzle\/postgresql/)
  expect(found[0]).toContain(mend)
  expect(found[1]).toContain('drizzle/postgresql makes')
})

test('tables that differ between the databases are found, line by line', async () => {
  const meta = 'drizzle/sqlite/meta'
  const last = readdirSync(meta)
    .filter((name) => name.endsWith('_snapshot.json'))
    .toSorted()
    .at(-1)
  project.edit(`${meta}/${last}`, '"rooms_name_uq":{', '"rooms_other_uq":{')
  const found = await outOfStep(project)
  expect(found.some((line) => line.startsWith('Only in drizzle/sqlite: unique index rooms_other_uq on rooms'))).toBe(
    true,
  )
  expect(found.some((line) => line.startsWith('Only in drizzle/postgresql: unique index rooms_name_uq on rooms'))).toBe(
    true,
  )
})

test('a step that costs more than it must, and one that is declared compatible for one database only, are found', async () => {
  project.edit('db/schema/rooms.ts', 'seats: c.integer(),', 'seats: c.integer(), floor: c.text(20),')
  const generate = ['--import', 'tsx', 'db/generate.ts', '--name', 'room_floor']
  const { status, output } = await project.run('', process.execPath, ...generate)
  expect(status).toBe(0)
  const [tag = ''] = /\d{4}_room_floor/.exec(output) ?? []
  project.edit(`drizzle/postgresql/${tag}.sql`, ' NOT VALID', '')
  project.edit(`drizzle/sqlite/${tag}.sql`, '-- compatible', '-- not compatible')
  expect(await outOfStep(project)).toEqual([
    `drizzle/postgresql/${tag}.sql rebuilds or locks a table without need: remove that step, and run ${mend}`,
    `${tag} is declared compatible for one database only: write or remove the line in both files`,
  ])
})

test('a large table gets its index in a step of its own, which PostgreSQL runs beside reads and writes', async () => {
  const schema = 'db/schema/students.ts'
  project.edit(schema, 'mergedIntoId: c.ref(),', 'mergedIntoId: c.ref(), secondProgramId: c.ref(),')
  project.edit(
    schema,
    "index('students_sort_ix')",
    "index('students_second_program_ix').on(t.schoolId, t.secondProgramId),\n    index('students_sort_ix')",
  )
  const generate = ['--import', 'tsx', 'db/generate.ts', '--name', 'second_program']
  const { status, output } = await project.run('', process.execPath, ...generate)
  expect(output).not.toContain('index-blocks')
  expect(status).toBe(0)
  const files = readdirSync(`${project.folder}/drizzle/postgresql`)
  const read = (end: string) => {
    const file = files.find((name) => name.endsWith(end)) ?? ''
    return readFileSync(`${project.folder}/drizzle/postgresql/${file}`, 'utf8')
  }
  expect(read('_second_program.sql')).not.toContain('INDEX')
  expect(read('_second_program.down.sql')).toBe('ALTER TABLE "students" DROP COLUMN "second_program_id";\n')
  expect(read('_students_second_program_ix.sql')).toMatch(
    /^-- no-transaction\nCREATE INDEX CONCURRENTLY "students_second/m,
  )
  expect(read('_students_second_program_ix.down.sql')).toBe('DROP INDEX "students_second_program_ix";\n')
  expect(await outOfStep(project)).toEqual([])
})
