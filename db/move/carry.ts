import type BetterSqlite from 'better-sqlite3'
import type { Client } from '../postgres/connection.ts'
import type { Since } from './compare.ts'
import { compareTable } from './compare.ts'
import { copyTable } from './copy.ts'
import { makeIndexes } from './definitions.ts'
import { follow, followIn, logHead } from './follow.ts'
import type { MoveProgress } from './moved.ts'
import type { Mover } from './mover.ts'
import { MoveError } from './mover.ts'
import { movedTables, quoted } from './tables.ts'
import type { TargetState } from './target.ts'
import { advance, makeTarget, stateOf } from './target.ts'
import { within } from './transactions.ts'

/** Of the log, before unique indexes are there: a short read of the file, and one transaction. */
const entriesAtOnce = 20_000

export const countRows = (source: BetterSqlite.Database): number =>
  movedTables.reduce(
    (sum, { name }) =>
      sum +
      (source
        .prepare(`select count(*) from ${quoted(name)}`)
        .pluck()
        .get() as number),
    0,
  )

async function copyAll(mover: Mover, of: number): Promise<void> {
  const { source, target } = mover
  let before = 0
  for (const table of movedTables) {
    let own = 0
    const tell = ({ rows }: { rows: number }) => {
      own = rows
      mover.say({ phase: 'copying', rows: before + rows, of, name: table.name })
    }
    await copyTable(source, target, table, tell, () => mover.at('part'))
    before += own
  }
  mover.at('copied')
}

async function catchUp(mover: Mover): Promise<void> {
  const { id, source, target } = mover
  const begun = logHead(source)
  for (;;) {
    const { head } = await follow(source, target, { id, most: entriesAtOnce, at: () => mover.at('round') })
    if (head >= begun) return
    mover.say({ phase: 'copying' })
  }
}

interface Comparison {
  of: number
  phase: MoveProgress['phase']
  since?: Since
}

export async function compareAll(mover: Mover, own: Client, { of, phase, since }: Comparison): Promise<string[]> {
  const all: string[] = []
  let rows = 0
  for (const table of movedTables) {
    const tell = (more: number) => {
      rows += more
      mover.say({ phase, rows, of, name: table.name })
    }
    all.push(...(await compareTable(mover.source, own, table, { tell, since })))
  }
  return all
}

export function requireEqual(found: string[]): void {
  if (found.length)
    throw new MoveError(
      'PostgreSQL does not hold what the file holds. The register stays with the file: run npx homeroom move stop, and tell the developers',
      found,
    )
}

/** The file is read as it is at one moment, to which PostgreSQL is brought first. */
async function compareAtHead(mover: Mover, of: number): Promise<void> {
  const { id, source, target } = mover
  await follow(source, target, { id })
  source.exec('begin')
  try {
    await followIn(source, target, { id })
    const found = await target.transaction('begin isolation level repeatable read read only', async (own, begun) => {
      await begun
      return compareAll(mover, own, { of, phase: 'comparing' })
    })
    requireEqual(found)
  } finally {
    source.exec('rollback')
  }
}

export async function carry(mover: Mover): Promise<number> {
  const { id, source, target, options } = mover
  const of = countRows(source)
  mover.say({ phase: 'making' })
  await makeTarget(target, { ...options, id, applied: logHead(source) })
  mover.at('made')
  const step = async (from: TargetState, to: TargetState, work: () => Promise<void>) => {
    if ((await stateOf(target, id)) !== from) return
    await work()
    await within(target, (client) => advance(client, id, from, to))
  }
  await step('copying', 'copied', () => copyAll(mover, of))
  await step('copied', 'whole', async () => {
    await catchUp(mover)
    await makeIndexes(target, (name) => mover.say({ phase: 'indexes', name }))
    mover.at('indexes')
  })
  await step('whole', 'compared', () => compareAtHead(mover, of))
  mover.at('compared')
  return of
}
