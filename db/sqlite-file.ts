import { closeSync, mkdirSync, openSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import BetterSqlite from 'better-sqlite3'
import { isBusy, translated } from './errors.ts'
import { lockWait } from './scope.ts'

/** Before SQLite 3.51.3, two connections that write can corrupt a WAL file. */
const oldestSafe = [3, 51, 3]
/** The locks of NFS, SMB, CIFS, SMB2, AFS and Ceph do not hold between machines. */
const networkFileSystems = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x00c36400])

export function refuseOldLibrary(version: string): void {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  const [a = 0, b = 0, c = 0] = oldestSafe
  if (major * 1e6 + minor * 1e3 + patch < a * 1e6 + b * 1e3 + c)
    throw new Error(
      `SQLite ${version} can corrupt its file under several writers: install a better-sqlite3 with SQLite ${oldestSafe.join('.')} or later`,
    )
}

export const isNetworkFileSystem = (type: number): boolean => networkFileSystems.has(type >>> 0)

/** Throws where the folder is on a network file system. */
export function prepareFolder(file: string): void {
  const folder = dirname(file)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (isNetworkFileSystem(statfsSync(folder).type))
    throw new Error(
      `${folder} is on a network file system, where SQLite can lose data: choose a local folder in DATABASE_URL`,
    )
}

/** All writers of a file must share these settings. With timeout 0 nobody waits inside SQLite. */
export function connect(file: string, { readonly = false } = {}): BetterSqlite.Database {
  const client = new BetterSqlite(file, { readonly, timeout: readonly ? 10 : 0 })
  if (!readonly) {
    client.pragma('journal_mode = WAL')
    client.pragma('synchronous = FULL')
    // What is erased is overwritten: else the file would keep it until something new is written there.
    client.pragma('secure_delete = ON')
  }
  client.pragma('foreign_keys = ON')
  return client
}

/** SQLite would let everyone read a new file. Closing one that existed would end the locks this process holds on it. */
export function makePrivately(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600))
  } catch {}
}

/** The switch of a new file to WAL does not wait by itself while other processes make the same switch. */
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
