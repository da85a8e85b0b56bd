/** The file that a SQLite database is: where it may lie, and how each connection to it is set. */
import { closeSync, mkdirSync, openSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import BetterSqlite from 'better-sqlite3'
import { isBusy, translated } from './errors.ts'
import { lockWait } from './scope.ts'

/** Below it, two connections that write can corrupt a WAL file (fixed in SQLite 3.51.3). */
const oldestSafe = [3, 51, 3]
/** NFS, SMB, CIFS, SMB2, AFS, Ceph: their locks do not hold between machines. */
const networkFileSystems = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x00c36400])

/** Throws for the version of a SQLite library that can't be trusted with several writers. */
export function refuseOldLibrary(version: string): void {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  const [a = 0, b = 0, c = 0] = oldestSafe
  if (major * 1e6 + minor * 1e3 + patch < a * 1e6 + b * 1e3 + c)
    throw new Error(
      `SQLite ${version} can corrupt its file under several writers: install a better-sqlite3 with SQLite ${oldestSafe.join('.')} or later`,
    )
}

/** Whether statfs's type of a file system, signed or not, is one that several machines can share. */
export const isNetworkFileSystem = (type: number): boolean => networkFileSystems.has(type >>> 0)

/** Makes the file's folder, for this user alone, and refuses one on a network file system. */
export function prepareFolder(file: string): void {
  const folder = dirname(file)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (isNetworkFileSystem(statfsSync(folder).type))
    throw new Error(
      `${folder} is on a network file system, where SQLite can lose data: choose a local folder in DATABASE_URL`,
    )
}

/** A connection with the settings every writer of the file must share. `timeout` 0: nobody waits inside SQLite. */
export function connect(file: string, { readonly = false } = {}): BetterSqlite.Database {
  const client = new BetterSqlite(file, { readonly, timeout: readonly ? 10 : 0 })
  if (!readonly) {
    client.pragma('journal_mode = WAL')
    client.pragma('synchronous = FULL')
    // What is erased is written over: else the file would hold it until something new happens to lie there.
    client.pragma('secure_delete = ON')
  }
  client.pragma('foreign_keys = ON')
  return client
}

/**
 * Makes the file, for this user alone, unless it is there: SQLite would let everyone on the machine read it. Never opens
 * one that is there: closing it again would end the locks this process holds on it.
 */
export function makePrivately(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600))
  } catch {
    // It is there, or can't be made: then SQLite says why.
  }
}

/** `connect`, also while others make the same new file: its switch to WAL does not wait by itself. */
export async function connectPatiently(file: string): Promise<BetterSqlite.Database> {
  const deadline = performance.now() + lockWait
  makePrivately(file)
  for (;;) {
    try {
      return connect(file)
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw translated(error)
      await sleep(5 + Math.random() * 20)
    }
  }
}
