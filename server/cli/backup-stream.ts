/** What one of all servers runs to store what is saved, as it is saved. It tells the register itself how far it came. */
import { canStream, openTail, takeStreamLock } from '../../db/backups/open.ts'
import type { Database } from '../../db/database.ts'
import { open } from '../../db/open.ts'
import type { BackupOptions } from '../backups/create.ts'
import { failureOf } from '../backups/failure.ts'
import type { Told } from '../backups/stream/looks.ts'
import { Looks, signsOf } from '../backups/stream/looks.ts'
import { Stream } from '../backups/stream/stream.ts'
import { tellUnstored } from '../backups/stream/told.ts'
import { readConfig } from '../config.ts'
import { installationId } from '../runtime/installation.ts'
import { repeat } from '../runtime/repeating.ts'
import { CommandError } from './command.ts'

const endsWithinMs = 6_000

const stopped = () =>
  new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'disconnect']) process.once(signal, () => resolve())
  })

async function optionsOr(db: Database, read: () => BackupOptions): Promise<BackupOptions> {
  try {
    return read()
  } catch (error) {
    await tellUnstored(db, failureOf(error), new Date()).finally(() => db.close())
    throw error
  }
}

export async function streamChanges(read: () => BackupOptions): Promise<void> {
  if (!process.connected || !canStream) throw new CommandError('A stream is kept by "homeroom start", on SQLite')
  const isOver = stopped()
  const unlock = await takeStreamLock()
  if (!unlock) return process.disconnect()
  const db = await open()
  const { folder, key, version } = await optionsOr(db, read)
  // The server may have gone before the last look.
  const tell = (told: Told) => void (process.connected && process.send?.(told))
  const about = { db, folder, key, version, installation: await installationId(db) }
  const stream = new Stream(await openTail(), {
    ...about,
    tellAtWork: signsOf(tell),
    tellStuck: (stuck) => tell({ stuck }),
  })
  const looks = new Looks(stream, { db, folder, tell })
  const repeating = repeat(readConfig().backupStreamSeconds * 1000, () => looks.look())
  await isOver
  setTimeout(() => process.exit(1), endsWithinMs).unref()
  await repeating.stop()
  // What was saved while it was told to end.
  await looks.look()
  await stream.settle()
  await db.close()
  await stream.close()
  unlock()
  if (process.connected) process.disconnect()
}
