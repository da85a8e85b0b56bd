/** A register goes from its SQLite file to PostgreSQL while people work. Killed at any point, it goes on where it was. */
import { setTimeout as sleep } from 'node:timers/promises'
import type BetterSqlite from 'better-sqlite3'
import { isBusy, isLostConnection } from '../errors.ts'
import { newId } from '../kit.ts'
import { compatibleLedger, ledger } from '../migration-ledger.ts'
import { Connection } from '../postgres/connection.ts'
import { beginCapture, requireCaptured } from './capture.ts'
import { carry } from './carry.ts'
import { census, requireShape } from './census.ts'
import { cutOver } from './cut-over.ts'
import { followUntilReady } from './follow-until-ready.ts'
import type { SourceMove } from './moved.ts'
import { moveOf, requireSamePlace, wantAgain } from './moved.ts'
import type { MoveOptions, TellMove } from './mover.ts'
import { MoveError, Mover, StoppedError } from './mover.ts'
import { decide } from './recover.ts'
import { settle } from './settle.ts'
import { heldSentence, inSource, inTurn, openSource, tablesIn } from './source.ts'
import { movedTables } from './tables.ts'
import { clear, clearRehearsal, foundIn, LockedError, lockTarget, placeOf, requireFit, stateOf } from './target.ts'

export interface Moved {
  target: string
  /** Undefined where PostgreSQL was the register before. */
  rows: number | undefined
  /** In ms. */
  took: number
  /** For how many ms nobody could write; undefined where another process changed over. */
  pause?: number | undefined
  left: string[]
}

const ledgers = [ledger, compatibleLedger, '__drizzle_migrations']
const leftBehind = (source: BetterSqlite.Database): string[] =>
  tablesIn(source).filter((name) => !ledgers.includes(name) && !movedTables.some((table) => table.name === name))

/** Throws `MoveError`. Resolves with the tables that stay behind. */
export function look(file: string, tell: TellMove): string[] {
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

export async function connected<T>(url: string, work: (target: Connection) => Promise<T>): Promise<T> {
  const target = new Connection(url)
  try {
    await lockTarget(target)
    return await work(target)
  } finally {
    await target.end()
  }
}

/** In ms. Only between two tries can a signal end the mover. */
const heldAtMost = 1_000

interface Begun extends Pick<SourceMove, 'id'> {
  left: string[]
}
async function begin({ file, tell, at, limits }: MoveOptions, target: Connection, place: string): Promise<Begun> {
  const id = newId()
  await clearRehearsal(target)
  await requireFit(target, id)
  const left = look(file, tell)
  const capture = (client: BetterSqlite.Database) => {
    requireShape(client)
    beginCapture(client, { id, target: place })
  }
  await inTurn(
    () => inSource(file, capture, 'write', limits?.lock ?? heldAtMost),
    () => tell({ phase: 'looking', waits: heldSentence }),
  )
  at?.('captured')
  return { id, left }
}

async function toActive(mover: Mover): Promise<number | undefined> {
  const { id, pen, target } = mover
  const held = () => mover.options.tell({ phase: 'changing over', waits: heldSentence })
  if ((await inTurn(() => decide(pen, target), held)) === 'moved') {
    if (moveOf(pen)?.state === 'deciding') await mover.openWitness()
    return undefined
  }
  if ((await stateOf(target, id)) === 'active')
    throw new Error('PostgreSQL says that it is the register, and the file says that it is: tell the developers')
  requireCaptured(pen)
  requireShape(pen)
  const rows = await carry(mover)
  await mover.openWitness()
  for (let tries = 1; ; tries++) {
    await followUntilReady(mover)
    mover.say({ phase: 'changing over' })
    if (await cutOver(mover)) return rows
    mover.say({
      phase: 'following',
      waits: 'The last round took too long, or another write holds the file: people work on, and it is tried again',
    })
    await sleep(Math.min(30_000, 500 * 2 ** tries))
  }
}

async function once(options: MoveOptions, target: Connection): Promise<Moved> {
  const since = performance.now()
  const place = await placeOf(target, options.url)
  const before = inSource(options.file, moveOf)
  if (before) requireSamePlace(before, place)
  const { id, left } = before ? { id: before.id, left: [] } : await begin(options, target, place)
  const done = (rows?: number): Moved => ({ target: place, rows, took: Math.round(performance.now() - since), left })
  if (before?.state === 'moved' && (await stateOf(target, id)) === undefined) return done()
  if (before?.isStopping) inSource(options.file, wantAgain, 'write')
  const mover = new Mover(id, options, target)
  try {
    const rows = await toActive(mover)
    mover.at('active')
    await settle(mover)
    return { ...done(rows), pause: mover.pause }
  } finally {
    await mover.close()
  }
}

function explained(error: unknown, file: string): unknown {
  if (!/^22/.test((error as { code?: string }).code ?? '')) return error
  const found = inSource(file, (client) => census(client))
  if (!found.length) return error
  return new MoveError(
    'PostgreSQL does not take what was written meanwhile. Mend these, and run npx homeroom move once more',
    found,
  )
}

const awayAtMostMs = 600_000
const askedEvery = 1_000

function reasonToTryAgain(error: unknown, isBegun: boolean): string | undefined {
  if (isBusy(error)) return heldSentence
  if (isBegun && isLostConnection(error)) return 'PostgreSQL does not answer: trying again every second'
  // A command that asks for the lock has it for a moment, and the session of a mover that was killed until PostgreSQL notices.
  if (isBegun && error instanceof LockedError) return `${error.message}: trying again every second`
  return undefined
}

/** Whether this move is still wanted: `move` itself asks for one that somebody has stopped before. */
class Wish {
  readonly #file: string
  #before: SourceMove | undefined
  #wasStopping: boolean | undefined

  constructor(file: string) {
    this.#file = file
  }

  async look(): Promise<boolean> {
    const now = await inTurn(() => inSource(this.#file, moveOf))
    this.#wasStopping ??= now?.isStopping ?? false
    const isOver = this.#before && now?.id !== this.#before.id
    if (isOver || (now?.isStopping && now.state !== 'moved' && !this.#wasStopping)) throw new StoppedError()
    if (now && !now.isStopping) this.#wasStopping = false
    this.#before = now
    return now !== undefined
  }
}

/** Throws `MoveError` where PostgreSQL would not take everything. A PostgreSQL that is away is waited for, once the move has begun. */
export async function move(options: MoveOptions): Promise<Moved> {
  const { file, url, limits, tell } = options
  const wish = new Wish(file)
  let deadline: number | undefined
  let hasConnected = false
  await wish.look()
  for (;;) {
    try {
      return await connected(url, async (target) => {
        deadline = undefined
        hasConnected = true
        await wish.look()
        return once(options, target)
      })
    } catch (error) {
      if (error instanceof StoppedError) throw error
      const isBegun = await wish.look()
      const waits = reasonToTryAgain(error, isBegun || hasConnected)
      deadline ??= performance.now() + (limits?.away ?? awayAtMostMs)
      if (waits === undefined || performance.now() > deadline) throw explained(error, file)
      tell({ phase: isBegun ? 'following' : 'looking', waits })
      await sleep(askedEvery)
    }
  }
}

/** Somebody has mended what still differed after PostgreSQL became the register. */
export async function accept({ file, url }: Pick<MoveOptions, 'file' | 'url'>): Promise<string[]> {
  const begun = inSource(file, moveOf)
  if (begun?.state !== 'moved') throw new Error('There is nothing to accept: this register has not moved')
  return connected(url, async (target) => {
    requireSamePlace(begun, await placeOf(target, url))
    const found = await foundIn(target, begun.id)
    if (found.length) await clear(target, begun.id)
    return found
  })
}
