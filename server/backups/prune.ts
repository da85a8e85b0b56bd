import { listBackups, removeBackup } from './folder.ts'
import type { BackupKey } from './key.ts'
import { outdated } from './retention.ts'
import { listChains, outdatedChains, pruneChains, streamed } from './stream/chain.ts'

export interface Pruned {
  removed: string[]
  kept: number
  stuck: string[]
}

interface Known {
  name: string
  createdAt: Date
  isVerified: boolean
  installation: string | null
}

/** Registers that share a folder do not push out each other's backups. */
const outdatedOfEach = (all: readonly Known[], now: Date): string[] =>
  [...new Set(all.map(({ installation }) => installation))].flatMap((own) =>
    outdated(
      all.filter(({ installation }) => installation === own),
      now,
    ),
  )

function remove(folder: string, name: string): string | undefined {
  try {
    removeBackup(folder, name)
    return undefined
  } catch (error) {
    return `${name} could not be removed: ${(error as Error).message}`
  }
}

function pruneStreams(folder: string, removes: boolean, now: Date): Pick<Pruned, 'removed' | 'stuck'> {
  const registers = [...new Set(listChains(folder).map(({ installation }) => installation))]
  const each = registers.map((own) =>
    removes
      ? pruneChains(folder, own, now)
      : { removed: outdatedChains(folder, own, now).map(({ name }) => name), stuck: [] },
  )
  return {
    removed: each.flatMap(({ removed }) => removed.map((name) => `${streamed}${name}`)),
    stuck: each.flatMap(({ stuck }) => stuck),
  }
}

/** Names those beyond the retention, and removes them where `removes`. One whose manifest can't be read stays for people to look at. */
export function pruneBackups(folder: string, key: BackupKey | undefined, removes: boolean, now = new Date()): Pruned {
  const all = listBackups(folder, key)
  const known = all.flatMap(({ name, manifest }) =>
    manifest
      ? [
          {
            name,
            createdAt: new Date(manifest.createdAt),
            isVerified: manifest.verifiedAt !== null,
            installation: manifest.installation,
          },
        ]
      : [],
  )
  const tried = outdatedOfEach(known, now).map((name) => ({ name, why: removes ? remove(folder, name) : undefined }))
  const removed = tried.filter(({ why }) => why === undefined).map(({ name }) => name)
  const streams = pruneStreams(folder, removes, now)
  return {
    removed: [...removed, ...streams.removed],
    kept: all.length - removed.length,
    stuck: [...tried.flatMap(({ why }) => why ?? []), ...streams.stuck],
  }
}
