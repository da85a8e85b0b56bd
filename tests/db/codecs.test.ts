import { getTableColumns, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noSchool } from '../../db/database.ts'
import { codecsOf } from '../../db/kit.ts'
import { open } from '../../db/open.ts'
import * as schema from '../../db/schema/index.ts'
import { Sqlite } from '../../db/sqlite-driver.ts'
import { columnsOf, tables } from './any-row.ts'
import { edges, samples } from './edge-values.ts'
import { onPostgres, outsider } from './outsider.ts'

const db = await open()
const file = new Sqlite(':memory:')
const columns = Object.entries(getTableColumns(samples))
const here = onPostgres ? 'postgres' : 'sqlite'

beforeAll(async () => {
  const types = (dialect: 'postgres' | 'sqlite') =>
    columns.map(([key, column]) => `"${key}" ${codecsOf(column)[dialect].type}`)
  file.exec(`create table moved (${types('sqlite')})`)
  const own = outsider()
  await own.rows(`create table moved (${types(here)})`)
  await own.close()
})
afterAll(async () => {
  file.close()
  await db.close()
})

/** What the kit stores; undefined for what it refuses. */
function storable(key: string, value: unknown): { value: unknown } | undefined {
  const { sqlite, postgres } = codecsOf(samples[key as 'text'])
  const stored = [sqlite, postgres].map(({ store }) => {
    try {
      return store(value) !== undefined
    } catch {
      return false
    }
  })
  expect(stored[0], `${key} ${String(value)}`).toBe(stored[1])
  return stored[0] ? { value } : undefined
}

function inFile(key: string, stored: unknown): unknown {
  file.exec('delete from moved')
  file.prepare(`insert into moved ("${key}") values (?)`).run(stored)
  return file.prepare(`select "${key}" from moved`).pluck().get()
}
const inDatabase = (key: string, stored: unknown) =>
  db.transaction(noSchool, async (tx) => {
    const name = sql.identifier(key)
    const [row] = await tx.rows<Record<string, unknown>>(
      sql`insert into moved (${name}) values (${stored}) returning ${name}`,
    )
    return row?.[key]
  })

test('a value goes from a SQLite file into the database and back again by the codecs alone, and is the same', async () => {
  let moved = 0
  for (const [key, values] of Object.entries(edges))
    for (const each of values.filter((value) => value !== null)) {
      const given = storable(key, each)
      if (!given) continue
      const codecs = codecsOf(samples[key as 'text'])
      const first = codecs.sqlite.load(inFile(key, codecs.sqlite.store(given.value)) as never)
      const there = codecs[here].load((await inDatabase(key, codecs[here].store(first))) as never)
      const last = codecs.sqlite.load(inFile(key, codecs.sqlite.store(there)) as never)
      expect({ there, last }, `${key} ${String(each)}`).toEqual({ there: first, last: first })
      moved++
    }
  expect(moved).toBeGreaterThan(70)
})

test('every column of the schema has its codecs, for both databases', () => {
  for (const table of tables)
    for (const [key, column] of columnsOf(table)) {
      const { postgres, sqlite } = codecsOf(column)
      expect(column.getSQLType(), key).toBe(onPostgres ? postgres.type : sqlite.type)
    }
  expect(() => codecsOf({ ...schema.students.id } as never)).toThrow('The kit made no column')
})
