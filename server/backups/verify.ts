import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { openKeeper } from '../../db/backups/open.ts'
import { BackupError } from './backup-error.ts'
import type { BackupOptions } from './create.ts'
import type { Asked, Found } from './found.ts'
import { find, findBackupFirst } from './found.ts'
import type { Manifest } from './manifest.ts'

export function refuseOtherDatabase({ database }: Pick<Manifest, 'database'>, own: string): void {
  if (database !== own)
    throw new BackupError(
      'database.other',
      `The backup is of ${database}, and DATABASE_URL names ${own}: set DATABASE_URL to a database of its kind`,
    )
}

/** Makes a database from what `asked` means, looks at all of it, and drops it. Throws a `BackupError` that names what is wrong. */
export async function verifyBackup(options: BackupOptions, asked: Asked = {}): Promise<Found & { took: number }> {
  const begun = performance.now()
  const found = await (asked.at ? find(options, asked) : findBackupFirst(options, asked))
  const own = await openKeeper()
  refuseOtherDatabase(found, own.database)
  found.refuse()
  const work = own.workFolder()
  try {
    const plain = join(work, own.fileName)
    await found.take(plain)
    const side = await own.sideOf(plain, options.scratchUrl)
    try {
      await found.prove(side)
    } finally {
      await side.drop()
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  const problem = found.manifest?.problem ?? null
  if (problem !== null)
    throw new BackupError(
      'backup.unverified',
      `The backup is whole, but the journal of the register was broken already when it was made: ${problem}`,
    )
  return { ...found, took: Math.round(performance.now() - begun) }
}
