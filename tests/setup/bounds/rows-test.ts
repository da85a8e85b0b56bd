import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tableConfig } from '../../../db/kit.ts'
import { Connection } from '../../../db/postgres/connection.ts'
import * as schema from '../../../db/schema/index.ts'
import { db } from '../people.ts'
import type { Asked } from './every-read.ts'
import { askBigSchool, neverAnswered } from './every-read.ts'
import { isFirstPage, namedQueries, tablesOfQuery, unanswered } from './passes.ts'
import type { Explained } from './rows-read.ts'
import { explaining, rowsIn } from './rows-read.ts'

/** A page with all that is said of its rows. */
const few = 5_000
/** In each step of a plan a row is counted again, and home asks for several things. */
const times = 4

type Send = typeof Connection.prototype.send
const isRead = /^\s*(select|with)\b/i
let isLooking = false
let handled = 0

async function look(connection: Connection, ...[text, parameters]: Parameters<Send>): Promise<void> {
  const [row] = await original.call(connection, explaining(text), parameters)
  const [{ Plan }] = (row as { 'QUERY PLAN': [Explained] })['QUERY PLAN']
  handled += rowsIn(Plan)
}
const original = Connection.prototype.send

async function tableSizes(): Promise<Map<string, number>> {
  const sizes = new Map<string, number>()
  for (const table of Object.values(schema)) {
    const [row] = await db.rows<{ count: number }>(sql`select count(*) as count from ${table}`)
    sizes.set(tableConfig(table).name, Number(row?.count))
  }
  return sizes
}

export function testRows(part: number): void {
  const beyond: string[] = []
  const most = new Map<string, number>()
  let asked: Asked[] = []

  beforeAll(async () => {
    Connection.prototype.send = async function (...given) {
      if (isLooking && isRead.test(given[0])) await look(this, ...given)
      return original.apply(this, given) as never
    }
    let sizes: Map<string, number> | undefined
    asked = await askBigSchool(part, async ({ path, input }, ask) => {
      sizes ??= await tableSizes()
      handled = 0
      isLooking = true
      const isAnswered = await ask()
      isLooking = false
      const may = isFirstPage(path, input) ? [] : tablesOfQuery(path)
      const bound = few + times * may.reduce((sum, table) => sum + (sizes?.get(table) ?? 0), 0)
      if (handled > bound)
        beyond.push(`${path} ${JSON.stringify(input)}: ${Math.round(handled)} rows, at most ${bound}`)
      most.set(path, Math.max(most.get(path) ?? 0, handled))
      return isAnswered
    })
  })
  afterAll(() => {
    Connection.prototype.send = original
  })

  test('no query handles more rows than it shows, but those that are known to look through a table once', () => {
    expect(beyond, 'add an index, count by group, or name the query in passes.ts').toEqual([])
  })

  test('every query is asked and answered, and its rows are counted', () => {
    expect(neverAnswered(asked)).toEqual(unanswered)
    expect(namedQueries.filter((path) => !most.get(path))).toEqual([])
  })
}
