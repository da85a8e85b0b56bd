/** What is done with the rows of a register, from the state in which it was left on. */
import type BetterSqlite from 'better-sqlite3'
import type { Connection } from '../postgres/connection.ts'
import { compareTable } from './compare.ts'
import { copyTable } from './copy.ts'
import { openSource } from './source.ts'
import { movedTables, quoted } from './tables.ts'
import type { TargetState } from './target.ts'
import { advance, makeTarget, putBack, stateOf } from './target.ts'

export interface MoveProgress {
  phase: 'looking' | 'making' | 'copying' | 'indexes' | 'comparing' | 'changing over' | 'clearing'
  /** Of all tables. */
  rows?: number
  of?: number
  /** The table or index that is worked on. */
  name?: string
}
export type TellMove = (progress: MoveProgress) => void

export interface MoveOptions {
  /** The register's file. */
  file: string
  /** MOVE_TARGET_URL, of the role that owns the database. */
  url: string
  /** Of the migrations of both databases. */
  folder: string
  tell: TellMove
}
/** Says values or rows that keep the register from moving: nothing was changed. */
export class MoveError extends Error {
  override name = 'MoveError'
  readonly found: string[]

  constructor(message: string, found: string[]) {
    super(`${message}:\n${found.map((line) => `  ${line}`).join('\n')}`)
    this.found = found
  }
}

const countRows = (source: BetterSqlite.Database): number =>
  movedTables.reduce(
    (sum, { name }) =>
      sum +
      (source
        .prepare(`select count(*) from ${quoted(name)}`)
        .pluck()
        .get() as number),
    0,
  )

async function copyAll(source: BetterSqlite.Database, target: Connection, of: number, tell: TellMove): Promise<void> {
  let before = 0
  for (const table of movedTables) {
    let own = 0
    await copyTable(source, target, table, ({ rows }) => {
      own = rows
      tell({ phase: 'copying', rows: before + rows, of, name: table.name })
    })
    before += own
  }
}

async function compareAll(
  source: BetterSqlite.Database,
  target: Connection,
  of: number,
  tell: TellMove,
): Promise<void> {
  let rows = 0
  const found = await target.transaction('begin isolation level repeatable read read only', async (own, begun) => {
    await begun
    await own.send('set local statement_timeout to 0')
    const all: string[] = []
    for (const table of movedTables)
      all.push(
        ...(await compareTable(source, own, table, (more) => {
          rows += more
          tell({ phase: 'comparing', rows, of, name: table.name })
        })),
      )
    return all
  })
  if (found.length)
    throw new MoveError(
      'PostgreSQL does not hold what the file holds. The register stays with the file: run npx homeroom move stop, and tell the developers',
      found,
    )
}

/** Goes on from the state that the target is in. Resolves with how many rows the register has. */
export async function carry(id: string, { file, url, folder, tell }: MoveOptions, target: Connection): Promise<number> {
  const source = openSource(file)
  try {
    const of = countRows(source)
    tell({ phase: 'making' })
    await makeTarget(target, url, folder, id)
    const step = async (from: TargetState, to: TargetState, work: () => Promise<void>) => {
      if ((await stateOf(target, id)) !== from) return
      await work()
      await advance(target, id, from, to)
    }
    await step('copying', 'copied', () => copyAll(source, target, of, tell))
    await step('copied', 'whole', () => putBack(target, (name) => tell({ phase: 'indexes', name })))
    await step('whole', 'compared', () => compareAll(source, target, of, tell))
    return of
  } finally {
    source.close()
  }
}
