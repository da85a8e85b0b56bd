/** A register goes from its SQLite file to PostgreSQL while nobody serves it. Killed at any point, it goes on where it was. */
import { rmSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type BetterSqlite from 'better-sqlite3'
import { stamp, sweep, temporary } from '../backups/on-disk.ts'
import { isLostConnection } from '../errors.ts'
import { newId } from '../kit.ts'
import { compatibleLedger, ledger } from '../migration-ledger.ts'
import { Connection } from '../postgres/connection.ts'
import { realPath } from '../sqlite-access.ts'
import type { MoveOptions, TellMove } from './carry.ts'
import { carry, MoveError } from './carry.ts'
import { census } from './census.ts'
import type { SourceMove } from './moved.ts'
import { moveOf, requireSamePlace } from './moved.ts'
import { fence, mark, openSource, tablesIn, unfence } from './source.ts'
import { movedTables } from './tables.ts'
import type { TargetState } from './target.ts'
import {
  advance,
  clear,
  clearRehearsal,
  emptyTarget,
  lockTarget,
  placeOf,
  rehearsal,
  requireFit,
  rowsCopied,
  stateOf,
} from './target.ts'

export interface Moved {
  target: string
  /** Undefined where the register had moved before. */
  rows: number | undefined
  /** In ms. */
  took: number
  /** Tables of the file that are not the register's, and stay behind. */
  left: string[]
}

const ledgers = [ledger, compatibleLedger, '__drizzle_migrations']
const leftBehind = (source: BetterSqlite.Database): string[] =>
  tablesIn(source).filter((name) => !ledgers.includes(name) && !movedTables.some((table) => table.name === name))

/** Throws `MoveError`. Resolves with the tables that stay behind. */
function look(file: string, tell: TellMove): string[] {
  const source = openSource(file)
  try {
    const found = census(source, (name) => tell({ phase: 'looking', name }))
    if (found.length)
      throw new MoveError(
        'PostgreSQL would not take everything that the file holds. Nothing was changed. Mend these first',
        found,
      )
    return leftBehind(source)
  } finally {
    source.close()
  }
}

async function connected<T>(url: string, work: (target: Connection) => Promise<T>): Promise<T> {
  const target = new Connection(url)
  try {
    await lockTarget(target)
    return await work(target)
  } finally {
    await target.end()
  }
}

export function moveIn(file: string): SourceMove | undefined {
  const source = openSource(file)
  try {
    return moveOf(source)
  } finally {
    source.close()
  }
}

interface Begun {
  id: string
  left: string[]
}
async function begin({ file, tell }: MoveOptions, target: Connection, place: string): Promise<Begun> {
  const id = newId()
  await clearRehearsal(target)
  await requireFit(target, id)
  const left = look(file, tell)
  fence(file, { id, target: place })
  return { id, left }
}

/** From `active` on PostgreSQL is the register. A process that dies before the file says so is followed by one that marks it. */
async function changeOver(file: string, id: string, target: Connection): Promise<void> {
  mark(file, 'deciding')
  await advance(target, id, 'compared', 'active')
}

function markMoved(file: string): void {
  try {
    mark(file, 'moved')
  } catch (error) {
    throw new Error(
      `PostgreSQL is the register now; only the file does not say so yet. End what has it open, and run npx homeroom move once more (${(error as Error).message})`,
      { cause: error },
    )
  }
}

/** Nobody may have the file open. Throws `MoveError` where PostgreSQL would not take everything. */
export async function move(options: MoveOptions): Promise<Moved> {
  const { file, url, tell } = options
  const since = performance.now()
  const begun = moveIn(file)
  return connected(url, async (target) => {
    const place = await placeOf(target, url)
    if (begun) requireSamePlace(begun, place)
    const { id, left } = begun ? { id: begun.id, left: [] } : await begin(options, target, place)
    const there = await stateOf(target, id)
    const isActive = there === 'active' || (begun?.state === 'moved' && there === undefined)
    const rows = isActive ? undefined : await carry(id, options, target)
    if (!isActive) await changeOver(file, id, target)
    tell({ phase: 'changing over' })
    if (begun?.state !== 'moved') markMoved(file)
    tell({ phase: 'clearing' })
    await clear(target, id)
    return { target: place, rows, took: Math.round(performance.now() - since), left }
  })
}

/** Does everything but the move, with a copy of the file and an empty database, which is empty again afterwards. */
export async function rehearse(options: MoveOptions & { copyTo(file: string): Promise<unknown> }): Promise<Moved> {
  const { url, copyTo } = options
  const real = realPath(options.file)
  sweep(dirname(real), `${basename(real)}.rehearsal-`)
  const file = temporary(`${real}.rehearsal-${process.pid}-${stamp()}`)
  const since = performance.now()
  return connected(url, async (target) => {
    await clearRehearsal(target)
    await requireFit(target, rehearsal)
    await copyTo(file)
    try {
      const left = look(file, options.tell)
      const rows = await carry(rehearsal, { ...options, file }, target)
      return { target: await placeOf(target, url), rows, took: Math.round(performance.now() - since), left }
    } finally {
      await emptyTarget(target, rehearsal)
      rmSync(file, { force: true })
    }
  })
}

/** Until the file is 'deciding', PostgreSQL is certainly not the register: the file needs no word of it. */
async function emptyWherePossible(begun: SourceMove, url: string): Promise<boolean> {
  try {
    await connected(url, async (target) => {
      requireSamePlace(begun, await placeOf(target, url))
      await emptyTarget(target, begun.id)
    })
    return true
  } catch (error) {
    if (begun.state === 'moving' && isLostConnection(error)) return false
    throw error
  }
}

/**
 * The register stays with its file, and the target is as empty as before. Resolves with false where PostgreSQL did not answer,
 * and holds still what was copied.
 */
export async function stop({ file, url }: Pick<MoveOptions, 'file' | 'url'>): Promise<boolean> {
  const begun = moveIn(file)
  if (!begun) throw new Error('No move of this register has begun')
  if (begun.state === 'moved') throw new Error(`This register has moved to ${begun.target}: there is nothing to stop`)
  const isEmpty = await emptyWherePossible(begun, url)
  unfence(file)
  return isEmpty
}

export interface MoveStatus extends SourceMove {
  /** Undefined where nothing is there yet, or PostgreSQL was not asked. */
  step?: TargetState | undefined
  rows?: number
}
export async function status({
  file,
  url,
}: {
  file: string
  url: string | undefined
}): Promise<MoveStatus | undefined> {
  const begun = moveIn(file)
  if (!begun || begun.state === 'moved' || !url) return begun
  const target = new Connection(url)
  try {
    requireSamePlace(begun, await placeOf(target, url))
    const step = await stateOf(target, begun.id)
    return { ...begun, step, rows: step ? await rowsCopied(target) : 0 }
  } finally {
    await target.end()
  }
}
