/** Puts a copy into a backup, encrypted where there is a key, and takes it out again as it was. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { refuseFull, syncFile } from '../../db/backups/on-disk.ts'
import { BackupError } from './backup-error.ts'
import { decrypted, encrypted } from './frames.ts'
import type { BackupKey } from './key.ts'
import type { Manifest, StoredFile } from './manifest.ts'

const readAtOnce = 1_048_576
const reading = (file: string) => createReadStream(file, { highWaterMark: readAtOnce })

export async function* counted(parts: AsyncIterable<Buffer>, seen: (part: Buffer) => void): AsyncGenerator<Buffer> {
  for await (const part of parts) {
    seen(part)
    yield part
  }
}

const writing = (file: string) => createWriteStream(file, { mode: 0o600, flags: 'wx' })

/** `plain` becomes `stored`; without a key it is there already and is only read. */
export async function store(
  plain: string,
  stored: string,
  key: BackupKey | undefined,
): Promise<Omit<StoredFile, 'name'>> {
  const hash = createHash('sha256')
  let bytes = 0
  const note = (part: Buffer) => {
    hash.update(part)
    bytes += part.length
  }
  if (key) await pipeline(Readable.from(counted(encrypted(reading(plain), key), note)), writing(stored))
  else for await (const part of reading(stored)) note(part as Buffer)
  await syncFile(stored)
  return { bytes, sha256: hash.digest('hex') }
}

function refuseOtherSize({ name, bytes }: StoredFile, file: string): void {
  const found = statSync(file, { throwIfNoEntry: false })
  const is = found?.size
  // A pipe or a device would be read for ever.
  if (is === undefined || !found?.isFile())
    throw new BackupError('file.missing', `The backup's file ${file} is missing: take another backup`)
  if (is < bytes)
    throw new BackupError(
      'file.cut',
      `${name} ends after ${is} of ${bytes} bytes: it was not copied whole. Take another backup`,
    )
  if (is > bytes)
    throw new BackupError(
      'file.longer',
      `${name} has ${is} bytes instead of ${bytes}: something was added. Take another backup`,
    )
}

export function keyFor(
  { encryption }: Pick<Manifest, 'encryption'>,
  key: BackupKey | undefined,
): BackupKey | undefined {
  if (!encryption && key)
    throw new BackupError(
      'key.unused',
      'The backup is not encrypted, so it does not show that it was made with this key: whoever can write in the folder may have made it. To take it all the same leave --key-file and BACKUP_KEY_FILE out',
    )
  if (!encryption) return undefined
  if (!key)
    throw new BackupError(
      'key.needed',
      'The backup is encrypted: name the file of its key with --key-file or BACKUP_KEY_FILE',
    )
  if (key.id !== encryption.key)
    throw new BackupError(
      'key.other',
      `The backup is encrypted with key ${encryption.key}, and this is key ${key.id}: name the other key's file`,
    )
  return key
}

/** Throws a `BackupError`, and leaves no `plain`, unless all of it is what was stored. */
export async function takeOut(
  place: string,
  manifest: Manifest,
  given: BackupKey | undefined,
  plain: string,
): Promise<void> {
  const { file } = manifest
  const key = keyFor(manifest, given)
  const stored = join(place, file.name)
  refuseOtherSize(file, stored)
  refuseFull(dirname(plain), file.bytes)
  const hash = createHash('sha256')
  const read = counted(reading(stored) as AsyncIterable<Buffer>, (part) => hash.update(part))
  await pipeline(Readable.from(key ? decrypted(read, key) : read), writing(plain))
  if (hash.digest('hex') !== file.sha256)
    throw new BackupError(
      'file.changed',
      `${file.name} was changed: its SHA-256 is not the manifest's. Take another backup`,
    )
}
