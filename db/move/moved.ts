/** A SQLite file says itself that its register is being copied to PostgreSQL, or is there: whatever opens it finds that. */
import type BetterSqlite from 'better-sqlite3'
import type { MovePhase } from '../values.ts'

/** While it is 'deciding', PostgreSQL may be the register already. Before that the file is, also behind its fence ('moving'). */
export type SourceState = 'copying' | 'moving' | 'deciding' | 'moved'
export interface SourceMove {
  id: string
  state: SourceState
  target: string
  /** Whose fence it is: a mover that has been given up takes down none but its own. */
  fence: string | null
  isStopping: boolean
}

export interface MoveProgress {
  phase: MovePhase
  rows?: number
  of?: number
  bytes?: number
  name?: string
  waits?: string
}
export interface SaidProgress extends MoveProgress {
  pid: number
  since: number
  phaseSince: number
  heardAt: number
}

const ownTables = ['move', 'move_log', 'move_progress', 'move_servers'] as const
export const isOfMove = (table: string): boolean => (ownTables as readonly string[]).includes(table)

/** The error of every write to the file while the fence is up, whichever program makes it. */
export const fenceText =
  'this register changes over to PostgreSQL, or has moved there: npx homeroom move status says more'

/** True where a write met the fence, also behind the errors that wrap it: nothing of its transaction is kept. */
export function isFenced(error: unknown): boolean {
  for (let e = error as { message?: string; cause?: unknown } | undefined; e && typeof e === 'object'; )
    if (e.message === fenceText) return true
    else e = e.cause as typeof e
  return false
}

/** Needs the transaction that makes the triggers. The log has no AUTOINCREMENT: its last entry is never deleted, so no number comes twice. */
export function makeOwnTables(client: BetterSqlite.Database, move: { id: string; target: string }, keys: string): void {
  client.exec(`
    create table move (id text primary key, state text not null, target text not null, fence text, is_stopping integer not null default 0);
    create table move_log (seq integer primary key, name text not null, ${keys});
    create table move_progress (one integer primary key check (one = 1), said text not null);
    create table move_servers (instance text primary key, at text not null)`)
  client.prepare(`insert into move (id, state, target) values (?, 'copying', ?)`).run(move.id, move.target)
}

export function dropOwnTables(client: BetterSqlite.Database): void {
  for (const table of ownTables) client.exec(`drop table if exists ${table}`)
}

const hasMove = (client: BetterSqlite.Database): boolean =>
  client.prepare(`select 1 from sqlite_schema where type = 'table' and name = 'move'`).get() !== undefined

export function moveOf(client: BetterSqlite.Database): SourceMove | undefined {
  if (!hasMove(client)) return undefined
  const row = client.prepare('select id, state, target, fence, is_stopping from move').get() as
    | (Omit<SourceMove, 'isStopping'> & { is_stopping: number })
    | undefined
  if (!row) return undefined
  const { is_stopping, ...move } = row
  return { ...move, isStopping: is_stopping === 1 }
}

interface Change {
  from: SourceState
  to: SourceState
  /** The fence of the move as it was read: whoever has changed it meanwhile wins. */
  fence: string | null
  newFence?: string | null
}
export const changeState = (client: BetterSqlite.Database, { from, to, fence, newFence = fence }: Change): boolean =>
  client.prepare('update move set state = ?, fence = ? where state = ? and fence is ?').run(to, newFence, from, fence)
    .changes === 1

export const askToStop = (client: BetterSqlite.Database): void =>
  void client.prepare('update move set is_stopping = 1').run()

export const wantAgain = (client: BetterSqlite.Database): void =>
  void client.prepare('update move set is_stopping = 0').run()

export function progressIn(client: BetterSqlite.Database): SaidProgress | undefined {
  const said = hasMove(client) ? client.prepare('select said from move_progress').pluck().get() : undefined
  return said === undefined ? undefined : (JSON.parse(said as string) as SaidProgress)
}
export const sayProgress = (client: BetterSqlite.Database, progress: SaidProgress): void =>
  void client
    .prepare('insert into move_progress values (1, ?) on conflict (one) do update set said = excluded.said')
    .run(JSON.stringify(progress))

/** The server process has workers that are ready for the target. `instance` is its id in `instances`, `at` an instant in ISO 8601. */
export const noteServer = (client: BetterSqlite.Database, instance: string, at: string): void =>
  void client
    .prepare('insert into move_servers values (?, ?) on conflict (instance) do update set at = excluded.at')
    .run(instance, at)
export const forgetServer = (client: BetterSqlite.Database, instance: string): void =>
  void client.prepare('delete from move_servers where instance = ?').run(instance)
export const serversIn = (client: BetterSqlite.Database): { instance: string; at: string }[] =>
  client.prepare('select instance, at from move_servers').all() as { instance: string; at: string }[]

export function movedSentence(client: BetterSqlite.Database): string | undefined {
  const move = moveOf(client)
  if (move?.state === 'deciding')
    return `This register changes over to PostgreSQL (${move.target}), and takes no changes meanwhile: run npx homeroom move once more`
  if (move?.state === 'moved')
    return `This register has moved to PostgreSQL (${move.target}), and the file stays as it was then: set DATABASE_URL to that database`
  return undefined
}

export function refuseMoved(client: BetterSqlite.Database): void {
  const sentence = movedSentence(client)
  if (sentence) throw new Error(sentence)
}

export function requireSamePlace({ target }: Pick<SourceMove, 'target'>, place: string): void {
  if (target !== place)
    throw new Error(
      `This register is on its way to ${target}, and MOVE_TARGET_URL names ${place}: set it to the first, or run npx homeroom move stop with it`,
    )
}

/** Throws a sentence from the first step of a move on: what is changed here would not be changed there. */
export function refuseMoving(client: BetterSqlite.Database, what: string): void {
  refuseMoved(client)
  const move = moveOf(client)
  if (move)
    throw new Error(
      `${what} must wait: this register is on its way to PostgreSQL (${move.target}). Let the move end, or give it up with npx homeroom move stop`,
    )
}
