/** What a call asks the database, statement by statement, and on PostgreSQL in how many round trips. */
import { setImmediate as turn } from 'node:timers/promises'
import { Connection } from '../../db/postgres/connection.ts'
import { Sqlite } from '../../db/sqlite-driver.ts'

export interface Asked {
  statements: string[]
  /** Statements that are on their way together are one trip. SQLite has none. */
  trips: number
}
let asked: Asked | undefined

type Run = (this: { source: string }, ...values: unknown[]) => unknown
const ways = ['all', 'get', 'run'] as const
const onSqlite: Record<(typeof ways)[number], Run> = Object.getPrototypeOf(new Sqlite(':memory:').prepare('select 1'))
const original = { ...Object.fromEntries(ways.map((way) => [way, onSqlite[way]])), send: Connection.prototype.send }

let underWay: (() => void)[] = []
let count = 0
/** Each answer is held back until all have come and whoever was called has gone on, so that trips do not depend on their speed. */
async function together<T>(answer: Promise<T>): Promise<T> {
  if (!asked) return answer
  if (count++ === 0) asked.trips++
  try {
    return await answer
  } finally {
    await turn()
    await turn()
    await new Promise<void>((resolve) => {
      underWay.push(resolve)
      if (underWay.length < count) return
      const all = underWay
      underWay = []
      count = 0
      for (const release of all) release()
    })
  }
}

/** Every statement of this process passes here until the answer is called. */
export function watchStatements(): () => void {
  for (const way of ways)
    onSqlite[way] = function (...values) {
      asked?.statements.push(this.source)
      return (original as Record<string, Run>)[way]?.apply(this, values)
    }
  Connection.prototype.send = function (...given) {
    asked?.statements.push(given[0])
    return together(original.send.apply(this, given)) as never
  }
  return () => {
    for (const way of ways) onSqlite[way] = (original as Record<string, Run>)[way] as Run
    Connection.prototype.send = original.send
  }
}

export async function statementsOf<T>(work: () => Promise<T>): Promise<Asked & { answer: PromiseSettledResult<T> }> {
  const own: Asked = { statements: [], trips: 0 }
  asked = own
  try {
    const [answer] = await Promise.allSettled([work()])
    return { ...own, answer }
  } finally {
    asked = undefined
  }
}

const inner = /\([^()]*\)/g

/** Such as `insert students`: what it does, and the table that it begins with. */
export function shortOf(statement: string): string {
  let text = statement.replaceAll('"', '')
  const [, verb = ''] = /^\s*(\w+)/.exec(text) ?? []
  if (verb === 'select') for (let whole = ''; whole !== text; text = text.replaceAll(inner, '')) whole = text
  const [, written, into] = /\b(insert into|update|delete from) (\w+)/.exec(text) ?? []
  if (written && verb !== 'select') return `${written.split(' ')[0]} ${into}`
  const [, table] = /\bfrom (\w+)/.exec(text) ?? []
  return verb === 'begin' || !table ? verb : `select ${table}`
}
