/** Which database DATABASE_URL means, where its file says that the register has moved: without opening anything for good. */
import { existsSync } from 'node:fs'
import type { SourceMove } from './move/moved.ts'
import { moveOf, requireSamePlace } from './move/moved.ts'
import { addressOf } from './postgres/address.ts'
import { following, setting } from './setting.ts'
import { Sqlite } from './sqlite-driver.ts'
import { sqlitePath } from './sqlite-path.ts'

export const configuredUrl = (): string => setting('DATABASE_URL') ?? 'file:./data/homeroom.db'

/** Undefined where no file is named, or none is there, or it can't be read: whoever opens it says why. */
export function moveOfFile(url = configuredUrl()): SourceMove | undefined {
  if (!url.startsWith('file:')) return undefined
  const file = sqlitePath(url)
  if (!existsSync(file)) return undefined
  try {
    const client = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: 1_000 })
    try {
      return moveOf(client)
    } finally {
      client.close()
    }
  } catch {
    return undefined
  }
}

/** The schema is known only to the server: `open` asks it. */
function requireNamed(move: SourceMove, url: string): void {
  const { servers, database, user } = addressOf(url, 'MOVE_TARGET_URL')
  const place = `${servers.map(({ host, port }) => `${host}:${port}`).join(',')}/${database ?? user}`
  if (!move.target.startsWith(`${place}, schema `)) requireSamePlace(move, place)
}

/** The address to which this process goes instead of the file. Throws where MOVE_TARGET_URL names another place, where a new register would be made. */
export function followed(url: string, target: string | undefined): string | undefined {
  const how = following()
  if (how === 'ahead' && target === undefined) throw new Error('MOVE_TARGET_URL must say where this worker is to wait')
  if (target === undefined || how === 'never' || !url.startsWith('file:')) return undefined
  if (how === 'ahead') return target
  const move = moveOfFile(url)
  if (move?.state !== 'moved') return undefined
  requireNamed(move, target)
  return target
}
