/** A backup of the file's own register, and copies of it to damage. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BackupOptions } from '../../../server/backups/create.ts'
import type { Manifest } from '../../../server/backups/manifest.ts'
import { readManifest, writeManifest } from '../../../server/backups/manifest.ts'
import { store } from '../../../server/backups/stored-file.ts'
import { steps } from '../../../server/cli/backup-steps.ts'

export const optionsFor = (folder: string, more: Partial<BackupOptions> = {}): BackupOptions => ({
  folder,
  key: undefined,
  version: 'test',
  steps: steps(),
  scratchUrl: undefined,
  ...more,
})

/** A second backup in a folder of its own, to do with as a test likes. */
export function copyOf(place: string, to: string): string {
  cpSync(place, join(to, place.slice(-19)), { recursive: true })
  return join(to, place.slice(-19))
}

const file = (place: string) => join(place, 'manifest.json')
export const rawManifest = (place: string) => JSON.parse(readFileSync(file(place), 'utf8'))
export const writeRaw = (place: string, content: unknown): void => writeFileSync(file(place), JSON.stringify(content))

/** As somebody would who knows how a seal is made. */
export async function resealed(place: string, change: (manifest: Manifest) => void, key?: BackupOptions['key']) {
  const manifest = readManifest(place, key)
  change(manifest)
  rmSync(file(place))
  await writeManifest(place, manifest, key)
}

/** The file is changed, and the manifest tells of the changed one. */
export async function rewritten(
  place: string,
  change: (file: string) => void,
  more: (manifest: Manifest) => void = () => {},
) {
  const stored = join(place, readManifest(place, undefined).file.name)
  change(stored)
  const is = await store(stored, stored, undefined)
  await resealed(place, (manifest) => {
    Object.assign(manifest.file, is)
    more(manifest)
  })
}
