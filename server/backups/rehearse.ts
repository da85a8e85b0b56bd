import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Side } from '../../db/backups/keeper.ts'
import { openKeeper } from '../../db/backups/open.ts'
import type { BackupOptions } from './create.ts'
import { findBackup } from './folder.ts'
import { prove, refuseNewer } from './prove.ts'
import { takeOut } from './stored-file.ts'
import { refuseOtherDatabase } from './verify.ts'

export interface Rehearsed {
  name: string
  /** In ms, from the backup's file to a database that was compared with its manifest. */
  restoreMs: number
  visitMs: number
  steps: string[]
}

export type Visit = (side: Side) => Promise<string[]>

/** Restores a backup, the newest where none is asked for, beside the register, has it visited, and throws it away. */
export async function rehearseBackup(options: BackupOptions, visit: Visit, asked?: string): Promise<Rehearsed> {
  const { name, place, manifest } = findBackup(options.folder, asked, options.key)
  const own = await openKeeper()
  refuseOtherDatabase(manifest, own.database)
  refuseNewer(manifest, options.steps)
  const work = own.workFolder()
  try {
    const begun = performance.now()
    const plain = join(work, own.fileName)
    await takeOut(place, manifest, options.key, plain)
    const side = await own.sideOf(plain, options.scratchUrl)
    try {
      await prove(side, manifest, options.steps)
      const restored = performance.now()
      const steps = await visit(side)
      return {
        name,
        restoreMs: Math.round(restored - begun),
        visitMs: Math.round(performance.now() - restored),
        steps,
      }
    } finally {
      await side.drop()
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
