/** What the releases before wrote in place of an erased person's name was an English word. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrationFiles } from '../../db/migration-files.ts'
import type { EmptyDatabase } from './empty-database.ts'
import { emptyDatabase } from './empty-database.ts'
import type { Outsider } from './outsider.ts'
import { onPostgres, outsider } from './outsider.ts'

const steps = migrationFiles('drizzle')
const before = steps.findIndex(({ name }) => name.endsWith('erased_names'))
const erasedAt = onPostgres ? 'now()' : '1'
const tables = ['guardians', 'instructors', 'students']

let database: EmptyDatabase
let beside: Outsider
beforeEach(async () => {
  database = await emptyDatabase()
  await database.runner.migrate(steps.slice(0, before))
  beside = outsider(database.url)
  await beside.rows(`insert into schools (id, name, slug, time_zone, locale) values (1, 'One', 'one', 'UTC', 'en')`)
})
afterEach(async () => {
  await beside.close()
  await database.remove()
})

const add = (table: string, id: number, names: string, erased: string) =>
  beside.rows(
    `insert into ${table} (school_id, id, given_name, family_name, sort_name, search_text, erased_at)
     values (1, '00000000-0000-7000-8000-00000000000${id}', ${names}, ${erased})`,
  )

test('the word goes from the rows of erased persons, and from no others', async () => {
  for (const table of tables) {
    await add(table, 1, `'', 'Erased', 'erased', ''`, erasedAt)
    await add(table, 2, `'Erik', 'Erased', 'erased erik', 'erik erased'`, 'null')
  }
  await database.runner.migrate(steps)
  for (const table of tables)
    expect(await beside.rows(`select family_name, sort_name from ${table} order by id`), table).toEqual([
      { family_name: '', sort_name: '\u{fffd}' },
      { family_name: 'Erased', sort_name: 'erased erik' },
    ])
})
