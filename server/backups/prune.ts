import { listBackups, removeBackup } from './folder.ts'
import type { BackupKey } from './key.ts'
import { outdated } from './retention.ts'

/** Names those beyond the retention, and removes them where `removes`. One whose manifest can't be read stays for people to look at. */
export function pruneBackups(
  folder: string,
  key: BackupKey | undefined,
  removes: boolean,
): { removed: string[]; kept: number } {
  const all = listBackups(folder, key)
  const removed = outdated(
    all.flatMap(({ name, manifest }) =>
      manifest ? [{ name, createdAt: new Date(manifest.createdAt), isVerified: manifest.verifiedAt !== null }] : [],
    ),
  )
  if (removes) for (const name of removed) removeBackup(folder, name)
  return { removed, kept: all.length - removed.length }
}
