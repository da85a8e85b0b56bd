import type BetterSqlite from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Sqlite } from '../../../db/sqlite-driver.ts'
import type { Asked } from './every-read.ts'
import { askBigSchool, neverAnswered } from './every-read.ts'
import { isFirstPage, passesOfQuery, unanswered } from './passes.ts'
import type { Passes } from './plans.ts'
import { passesOf, tablesOf } from './plans.ts'

type Run = (this: BetterSqlite.Statement & { database: BetterSqlite.Database }, ...values: unknown[]) => unknown
const ways = ['all', 'get'] as const
const statements: Record<(typeof ways)[number], Run> = Object.getPrototypeOf(new Sqlite(':memory:').prepare('select 1'))
const original = { ...statements }
let found: (Passes & { source: string })[] = []
let tables: Map<string, string> | undefined
let isLooking = false

function look(database: BetterSqlite.Database, source: string, values: unknown[]): void {
  isLooking = false
  tables ??= tablesOf(database)
  const lines = original.all.apply(database.prepare(`explain query plan ${source}`) as never, values)
  found.push({ source: source.replaceAll(/\s+/g, ' '), ...passesOf(source, lines as never, tables) })
  isLooking = true
}

/** The plans of all that every query runs. SQLite keeps no statistics of ours, so that they are the same for any size. */
export function testPlans(part: number): void {
  const told = new Map<string, Set<string>>()
  let asked: Asked[] = []
  const note = (path: string, ...lines: string[]) => told.set(path, new Set([...(told.get(path) ?? []), ...lines]))
  const passed = new Map<string, Set<string>>()

  beforeAll(async () => {
    original.all = statements.all
    original.get = statements.get
    for (const way of ways)
      statements[way] = function (...values) {
        if (isLooking && this.reader) look(this.database, this.source, values)
        return original[way].apply(this, values)
      }
    asked = await askBigSchool(part, async ({ path, input }, ask) => {
      found = []
      isLooking = true
      const isAnswered = await ask()
      isLooking = false
      const may = isFirstPage(path, input) ? [] : passesOfQuery(path)
      for (const { whole, again, source } of found) {
        const beyond = whole.filter((table) => !may.includes(table)).map((table) => `all of ${table}`)
        const repeated = again.map((step) => `again and again ${step}`)
        note(path, ...[...beyond, ...repeated].map((line) => `${line}, in ${source}`))
        passed.set(path, new Set([...(passed.get(path) ?? []), ...whole]))
      }
      return isAnswered
    })
  })
  afterAll(() => void Object.assign(statements, original))

  test('no query looks through the school for each row, and none through a table that it is not known for', () => {
    const beyond = [...told].filter(([, lines]) => lines.size).map(([path, lines]) => [path, [...lines]])
    expect(Object.fromEntries(beyond), 'add an index, say the order of a join, or name it in passes.ts').toEqual({})
  })

  test('every query is asked and answered, and does what it is named for', () => {
    expect(neverAnswered(asked)).toEqual(unanswered)
    const named = [...passed].filter(([path]) => passesOfQuery(path).length)
    expect(Object.fromEntries(named.map(([path, whole]) => [path, [...whole].toSorted()]))).toEqual(
      Object.fromEntries(named.map(([path]) => [path, [...passesOfQuery(path)].toSorted()])),
    )
  })
}
