/** What a rename leaves in a table that SQLite has to rebuild, on a copy of the project. */
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrationFiles } from '../../../db/migration-files.ts'
import type { EmptyDatabase } from '../empty-database.ts'
import { emptyDatabase } from '../empty-database.ts'
import type { Outsider } from '../outsider.ts'
import { outsider } from '../outsider.ts'
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
async function rename(): Promise<void> {
  expect((await project.kitRenaming(database.url, 'generate', '--name', 'renamed')).status).toBe(0)
  expect((await migrate()).applied).toEqual([expect.stringContaining('renamed')])
}

test('a renamed column keeps what is in it, beside one that is new', async () => {
  project.edit('db/schema/rooms.ts', 'seats: c.integer(),', 'places: c.integer(), floor: c.text(20),')
  project.edit('db/schema/rooms.ts', 't.seats}', 't.places}')
  await rename()
  expect(await asked.rows('select name, places, floor from rooms')).toEqual([{ name: 'Lab', places: 30, floor: null }])
  await expect(asked.rows('update rooms set places = -1')).rejects.toThrow(/rooms_seats_positive/)
})

test('a renamed table keeps its rows, also where one of its columns is renamed with it', async () => {
  project.edit('db/schema/rooms.ts', "'rooms',", "'spaces',")
  project.edit('db/schema/rooms.ts', 'seats: c.integer(),', 'places: c.integer(), floor: c.text(20),')
  project.edit('db/schema/rooms.ts', 't.seats}', 't.places}')
  await rename()
  expect(await asked.rows('select name, places, floor from spaces')).toEqual([{ name: 'Lab', places: 30, floor: null }])
  await expect(asked.rows('update spaces set places = -1')).rejects.toThrow(/rooms_seats_positive/)
})
