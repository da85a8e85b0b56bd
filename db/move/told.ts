import { sql } from 'drizzle-orm'
import type { Database, Reader } from '../database.ts'
import { isPostgres, leftFile, moveTargetUrl, sqliteFile } from '../dialect.ts'
import { addressOf } from '../postgres/address.ts'
import type { SaidProgress, SourceState } from './moved.ts'

export interface ToldMove {
  state: SourceState
  target: string
  isStopping: boolean
  progress: SaidProgress | null
  ready: string[]
}

const isThere = sql`select 1 as there from sqlite_schema where type = 'table' and name = 'move'`

async function told(tx: Reader): Promise<ToldMove | null> {
  if (!(await tx.rows(isThere)).length) return null
  const [move] = await tx.rows<Pick<ToldMove, 'state' | 'target'> & { is_stopping: number }>(
    sql`select state, target, is_stopping from move`,
  )
  if (!move) return null
  const [progress] = await tx.rows<{ said: string }>(sql`select said from move_progress`)
  const ready = await tx.rows<{ instance: string }>(sql`select instance from move_servers`)
  return {
    ...{ state: move.state, target: move.target, isStopping: move.is_stopping === 1 },
    progress: progress ? (JSON.parse(progress.said) as SaidProgress) : null,
    ready: ready.map(({ instance }) => instance),
  }
}

export const toldMove = (db: Database): Promise<ToldMove | null> =>
  isPostgres ? Promise.resolve(null) : db.snapshot(told)

/** Without a password; null where the environment names none. */
export function namedTarget(): string | null {
  if (moveTargetUrl === undefined) return null
  const { servers, database, user } = addressOf(moveTargetUrl, 'MOVE_TARGET_URL')
  return `${servers.map(({ host, port }) => `${host}:${port}`).join(',')}/${database ?? user}`
}

export const registerFile = isPostgres ? null : sqliteFile

/** 'known': the register has come here, its last comparison has not ended, and this process knows the file to go on with. */
export async function unsettled(db: Database): Promise<'no' | 'known' | 'unknown'> {
  if (!isPostgres) return 'no'
  const [row] = await db.rows<{ isThere: boolean }>(sql`select to_regclass('move_tables') is not null as "isThere"`)
  if (!row?.isThere) return 'no'
  return leftFile ? 'known' : 'unknown'
}
