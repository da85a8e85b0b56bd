import { rmSync } from 'node:fs'
import type { Keeper, Side, Swapped } from '../../db/backups/keeper.ts'
import { openKeeper } from '../../db/backups/open.ts'
import { noSchool } from '../../db/database.ts'
import { open } from '../../db/open.ts'
import { apiTokens, instances, oneTimeTokens } from '../../db/schema/index.ts'
import { endSessions } from '../auth/sessions.ts'
import { BackupError } from './backup-error.ts'
import type { BackupOptions } from './create.ts'
import type { Erased } from './erased.ts'
import { eraseAgain, readErased, tellErased } from './erased.ts'
import type { Asked, Found } from './found.ts'
import { find } from './found.ts'
import type { Manifest } from './manifest.ts'
import { refuseOtherDatabase } from './verify.ts'

export interface RestoreOptions extends BackupOptions {
  /** Also a backup of a register whose journal was broken already. */
  unverified: boolean
  /** Also those of the list of erasures that the key has not signed, as after it was changed for another. */
  believeErased?: boolean | undefined
}

export interface Restored extends Swapped {
  name: string
  of: string
  manifest?: Manifest | undefined
  erasedAgain: number
  /** Where the register is now, when it took nobody's place. */
  at?: string
}

/** What the register that is replaced knows and the folder may not yet. One that can't be read tells nothing. */
async function askOld({ folder, key }: RestoreOptions): Promise<Erased[]> {
  const own = await openKeeper()
  try {
    await own.requireRegister()
    const db = await open()
    return await tellErased(db, folder, key).finally(() => db.close())
  } catch {
    return []
  }
}

/** Nobody is signed in to it, no link or token opens it, no server serves it yet, and nobody is in it who was erased since. */
async function renew(side: Side, erased: readonly Erased[]): Promise<number> {
  const db = await side.open()
  try {
    await db.transaction(noSchool, async (tx) => {
      await endSessions(tx, undefined)
      await tx.delete(oneTimeTokens)
      await tx.delete(apiTokens)
      await tx.delete(instances)
    })
    return await eraseAgain(db, erased, new Date())
  } finally {
    await db.close()
  }
}

function refuseUnverified(manifest: Manifest | undefined, { unverified }: RestoreOptions): void {
  if (manifest?.verifiedAt === null && !unverified)
    throw new BackupError(
      'backup.unverified',
      `The backup was never verified: ${manifest.problem}. --unverified restores it all the same`,
    )
}

async function successorFrom(own: Keeper, found: Found, { scratchUrl }: RestoreOptions): Promise<Side> {
  const file = own.successorFile()
  try {
    await found.take(file)
    return await own.successorOf(file, scratchUrl)
  } catch (error) {
    rmSync(file, { force: true })
    throw error
  }
}

export async function foundToRestore(options: RestoreOptions, asked: Asked) {
  const found = await find(options, asked)
  const own = await openKeeper()
  refuseOtherDatabase(found, own.database)
  refuseUnverified(found.manifest, options)
  found.refuse()
  const erased = readErased(options.folder, options.believeErased ? undefined : options.key)
  if (!options.scratchUrl) await own.refuseInUse()
  return { found, own, erased }
}

/** Looks at all of the new database before it takes the place of the old one, which is kept. Throws, and changes nothing, where anything is wrong or anybody has the old one open. */
export async function restoreBackup(options: RestoreOptions, asked: Asked = {}): Promise<Restored> {
  const { scratchUrl } = options
  const { found, own, erased } = await foundToRestore(options, asked)
  const { name, at: of, manifest } = found
  const known = await askOld(options)
  const side = await successorFrom(own, found, options)
  try {
    await found.prove(side, options.unverified)
    const erasedAgain = await renew(side, [...erased, ...known])
    if (scratchUrl) return { name, of, manifest, erasedAgain, at: side.name }
    await own.refuseInUse()
    const swapped = await own.swap(side)
    return { name, of, manifest, erasedAgain, ...swapped, ...(swapped.instead && { at: side.name }) }
  } catch (error) {
    await side.drop()
    throw error
  }
}
