import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { openKeeper } from '../../db/backups/open.ts'
import { BackupError } from './backup-error.ts'
import type { BackupOptions } from './create.ts'
import { findBackup } from './folder.ts'
import type { Manifest } from './manifest.ts'
import { prove, refuseNewer } from './prove.ts'
import { takeOut } from './stored-file.ts'

export function refuseOtherDatabase({ database }: Manifest, own: string): void {
  if (database !== own)
    throw new BackupError(
      'database.other',
      `The backup is of ${database}, and DATABASE_URL names ${own}: set DATABASE_URL to a database of its kind`,
    )
}

/** Makes a database from the backup, looks at all of it, and drops it. Throws a `BackupError` that names what is wrong. */
export async function verifyBackup(
  options: BackupOptions,
  asked?: string,
): Promise<{ name: string; manifest: Manifest; took: number }> {
  const begun = performance.now()
  const { name, place, manifest } = findBackup(options.folder, asked, options.key)
  const own = await openKeeper()
  refuseOtherDatabase(manifest, own.database)
  refuseNewer(manifest, options.steps)
  const work = own.workFolder()
  try {
    const plain = join(work, own.fileName)
    await takeOut(place, manifest, options.key, plain)
    const side = await own.sideOf(plain, options.scratchUrl)
    try {
      await prove(side, manifest, options.steps)
    } finally {
      await side.drop()
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  if (manifest.problem !== null)
    throw new BackupError(
      'backup.unverified',
      `The backup is whole, but the journal of the register was broken already when it was made: ${manifest.problem}`,
    )
  return { name, manifest, took: Math.round(performance.now() - begun) }
}
