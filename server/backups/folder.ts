/** A backup is a folder with a name that sorts by time. Only whole ones have such a name. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { giveToOwnerOf, stamp, sweep, syncFolder, temporary } from '../../db/backups/on-disk.ts'
import { BackupError } from './backup-error.ts'
import type { BackupKey } from './key.ts'
import type { Manifest } from './manifest.ts'
import { readManifest } from './manifest.ts'

const form = /^\d{8}T\d{9}Z$/
const making = '.making-'
export interface Listed {
  name: string
  place: string
  manifest?: Manifest
  damage?: BackupError
}

export const isBackupName = (name: string): boolean => form.test(name)

function listed(folder: string, name: string, key: BackupKey | undefined): Listed {
  const place = join(folder, name)
  try {
    return { name, place, manifest: readManifest(place, key) }
  } catch (error) {
    if (error instanceof BackupError) return { name, place, damage: error }
    throw error
  }
}

export function listBackups(folder: string, key?: BackupKey): Listed[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter(isBackupName).sort().reverse()
  return names.map((name) => listed(folder, name, key))
}

const dayMs = 86_400_000
const unclear = (folder: string, why: string) =>
  new BackupError(
    'backup.unclear',
    `${why}: say the name of the backup that is meant. npx homeroom backup list --folder ${folder} tells which there are`,
  )

interface When {
  now?: Date | undefined
  until?: Date | undefined
}

/** Throws `backup.unclear` where the newest may not be the one that is meant. */
function newestVerified(folder: string, key: BackupKey | undefined, { now, until }: When): Listed | undefined {
  const all = listBackups(folder, key).filter(
    ({ manifest }) => until === undefined || (manifest && Date.parse(manifest.createdAt) <= until.getTime()),
  )
  const verified = all.filter(({ manifest }) => manifest !== undefined && manifest.verifiedAt !== null)
  const registers = new Set(verified.flatMap(({ manifest }) => manifest?.installation ?? []))
  if (registers.size > 1) throw unclear(folder, `There are backups of ${registers.size} registers in ${folder}`)
  const [newest] = verified
  if (newest?.manifest && Date.parse(newest.manifest.createdAt) > (now ?? new Date()).getTime() + dayMs)
    throw unclear(folder, `The newest backup, ${newest.name}, is of a day that has not come: a clock is or was wrong`)
  return newest
}

/** Without `name` it is the newest that is verified. Throws `backup.missing` or `backup.unclear`. */
export function findBackup(
  folder: string,
  name: string | undefined,
  key?: BackupKey,
  when: When = {},
): { name: string; place: string; manifest: Manifest } {
  const found =
    name === undefined
      ? newestVerified(folder, key, when)
      : isBackupName(name) && existsSync(join(folder, name))
        ? listed(folder, name, key)
        : undefined
  if (found?.damage) throw found.damage
  if (!found?.manifest)
    throw new BackupError(
      'backup.missing',
      `There is no ${name === undefined ? 'verified backup' : `backup ${JSON.stringify(name)}`} in ${folder}: npx homeroom backup list --folder ${folder} tells which there are`,
    )
  return { name: found.name, place: found.place, manifest: found.manifest }
}

/** `fill` gets a folder that has its name only when `fill` has ended well; otherwise it is removed. */
export async function makeBackup<T>(
  folder: string,
  now: Date,
  fill: (place: string) => Promise<T>,
): Promise<{ name: string; made: T }> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  sweep(folder, making, now)
  const name = stamp(now)
  const unfinished = temporary(join(folder, `${making}${name}`))
  mkdirSync(unfinished, { mode: 0o700 })
  try {
    const made = await fill(unfinished)
    giveToOwnerOf(folder, unfinished)
    await syncFolder(unfinished)
    renameSync(unfinished, join(folder, name))
    await syncFolder(folder)
    return { name, made }
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    throw error
  }
}

/** A removal that breaks off leaves nothing that looks like a backup. */
export function removeBackup(folder: string, name: string): void {
  const going = join(folder, `${making}${name}-removed`)
  renameSync(join(folder, name), going)
  rmSync(going, { recursive: true, force: true })
}
