/** What can be restored: a backup, or a moment of the stream. Both are taken out and proven in the same way. */
import type { Side } from '../../db/backups/keeper.ts'
import { BackupError } from './backup-error.ts'
import type { BackupOptions } from './create.ts'
import { findBackup } from './folder.ts'
import type { Manifest } from './manifest.ts'
import { prove, refuseNewer } from './prove.ts'
import { keyFor, takeOut } from './stored-file.ts'
import { streamed } from './stream/chain.ts'
import type { Moment } from './stream/moment.ts'
import { findMoment, proveMoment, refuseNewerMoment, takeMoment } from './stream/moment.ts'

/** Without both, the newest is meant; with both, a moment of that stream. */
export interface Asked {
  name?: string | undefined
  /** The state then, or the last one before. */
  at?: Date | undefined
}

export interface Found {
  name: string
  /** All that was saved before then is in it. */
  at: string
  database: Manifest['database']
  manifest?: Manifest
  /** Throws where this version, or this key, can't open it. */
  refuse(): void
  take(file: string): Promise<void>
  /** `unverified` allows a moment whose journal is broken; a backup tells of its own in the manifest. */
  prove(side: Side, unverified?: boolean): Promise<void>
}

function foundBackup(options: BackupOptions, { name, at }: Asked): Found {
  const { place, manifest, name: own } = findBackup(options.folder, name, options.key, { until: at })
  return {
    name: own,
    at: manifest.createdAt,
    database: manifest.database,
    manifest,
    refuse() {
      refuseNewer(manifest, options.steps)
      keyFor(manifest, options.key)
    },
    take: (file) => takeOut(place, manifest, options.key, file),
    prove: (side) => prove(side, manifest, options.steps),
  }
}

function foundMoment(options: BackupOptions, moment: Moment): Found {
  return {
    name: `${streamed}${moment.chain.name}`,
    at: moment.at.toISOString(),
    database: 'sqlite',
    refuse() {
      refuseNewerMoment(moment, options.steps)
      keyFor(moment.piece, options.key)
    },
    take: (file) => takeMoment(moment, options.key, file),
    prove: (side, unverified) => proveMoment(side, moment, options.steps, unverified),
  }
}

function newestBackup(options: BackupOptions, asked: Asked): Found | undefined {
  try {
    return foundBackup(options, asked)
  } catch (error) {
    if (error instanceof BackupError && error.damage === 'backup.missing') return undefined
    throw error
  }
}

export const findBackupFirst = async (options: BackupOptions, asked: Asked): Promise<Found> =>
  (asked.name === undefined ? newestBackup(options, asked) : undefined) ?? find(options, asked)

async function namedMoment(options: BackupOptions, name: string, at: Date): Promise<Found> {
  const moment = await findMoment(options.folder, at, options.key, name.slice(streamed.length))
  if (moment) return foundMoment(options, moment)
  throw new BackupError(
    'backup.missing',
    `${JSON.stringify(name)} has no such moment in ${options.folder}: npx homeroom backup list --folder ${options.folder} tells which there are`,
  )
}

export async function find(options: BackupOptions, asked: Asked): Promise<Found> {
  if (asked.name?.startsWith(streamed)) return namedMoment(options, asked.name, asked.at ?? new Date())
  if (asked.name !== undefined) return foundBackup(options, asked)
  const backup = newestBackup(options, asked)
  const moment = await findMoment(options.folder, asked.at ?? new Date(), options.key)
  if (moment && !(backup && backup.at > moment.at.toISOString())) return foundMoment(options, moment)
  return backup ?? foundBackup(options, asked)
}
