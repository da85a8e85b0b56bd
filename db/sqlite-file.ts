import { closeSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type BetterSqlite from 'better-sqlite3'
import { allowedFileSystem } from './dialect.ts'
import { isBusy, translated } from './errors.ts'
import { sharedFileSystem } from './mounts.ts'
import { refuseMoved } from './move/moved.ts'
import { lockWait } from './scope.ts'
import { makeFolder, namedIn, realPath, refuseForeign } from './sqlite-access.ts'
import { Sqlite } from './sqlite-driver.ts'

/** Before SQLite 3.51.3, two connections that write can corrupt a WAL file. */
export const oldestSafe = [3, 51, 3]

export function refuseOldLibrary(version: string): void {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  const [a = 0, b = 0, c = 0] = oldestSafe
  if (major * 1e6 + minor * 1e3 + patch < a * 1e6 + b * 1e3 + c)
    throw new Error(
      `SQLite ${version} can corrupt its file under several writers: install a better-sqlite3 with SQLite ${oldestSafe.join('.')} or later`,
    )
}

/** Two servers, each with a mount of its own, have destroyed a file there. */
export function refuseShared(file: string, allowed: string | undefined, mountinfo?: string): void {
  const type = sharedFileSystem(dirname(file), mountinfo)
  if (type && type !== allowed)
    throw new Error(
      `DATABASE_URL names ${file}, which is on a file system that machines share (${type}), where SQLite can lose data: choose a folder on a disk of this machine. Where no other machine and no second mount reaches it, set DATABASE_FILE_SYSTEM=${type}`,
    )
}

export function prepareFolder(file: string): void {
  makeFolder(file)
  const real = realPath(file)
  refuseShared(real, allowedFileSystem)
  refuseForeign(real)
}

/** All writers of a file must share these settings. With timeout 0 nobody waits inside SQLite. */
export function connect(file: string, { readonly = false } = {}): BetterSqlite.Database {
  const client = new Sqlite(file, { readonly, timeout: readonly ? 10 : 0 })
  if (!readonly) {
    client.pragma('journal_mode = WAL')
    client.pragma('synchronous = FULL')
    // What is erased is overwritten: else the file would keep it until something new is written there.
    client.pragma('secure_delete = ON')
    // Else a row that REPLACE takes away would go unnoticed by the triggers of a move.
    client.pragma('recursive_triggers = ON')
  }
  client.pragma('foreign_keys = ON')
  return client
}

export async function connectToWrite(file: string): Promise<BetterSqlite.Database> {
  prepareFolder(file)
  const client = await connectPatiently(file)
  try {
    refuseMoved(client)
    return client
  } catch (error) {
    client.close()
    throw error
  }
}

export function connectToRead(file: string): BetterSqlite.Database {
  let client: BetterSqlite.Database | undefined
  try {
    client = connect(file, { readonly: true })
    client.pragma('schema_version')
    return client
  } catch (error) {
    client?.close()
    throw namedIn(file, translated(error))
  }
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
      if (!isBusy(error) || performance.now() > deadline) throw namedIn(file, translated(error))
      await sleep(5 + Math.random() * 20)
    }
  }
}
