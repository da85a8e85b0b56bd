/** A piece of a stream is a file: what it holds, compressed and encrypted, and behind it what it says of itself. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, renameSync, rmSync } from 'node:fs'
import { appendFile, open } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { z } from 'zod'
import { giveToOwnerOf, settled, syncFile, syncFolder, temporary } from '../../../db/backups/on-disk.ts'
import { canonical } from '../../canonical.ts'
import { BackupError } from '../backup-error.ts'
import { decrypted, encrypted } from '../frames.ts'
import type { BackupKey } from '../key.ts'
import { sealOf } from '../key.ts'
import { encryption, heads, instant, sha256, whole } from '../manifest.ts'
import { counted, keyFor } from '../stored-file.ts'

const piece = z.strictObject({
  format: z.literal(1),
  homeroom: z.string(),
  chain: z.string(),
  /** 0 is the base: a copy of the file. All others hold pages that changed. */
  number: whole,
  /** All that was saved before then is in the database once this piece is; null where more pieces are needed to make it whole. */
  at: instant.nullable(),
  place: z.strictObject({ salt: z.string(), frames: whole, sum: z.string() }),
  pageBytes: whole,
  /** Of the database, in pages; 0 where the piece says nothing of it. */
  size: whole,
  steps: z.array(z.string()),
  heads,
  content: z.strictObject({ bytes: whole, sha256 }),
  encryption,
  previous: z.string(),
})
const sealed = piece.extend({ seal: z.string() })

export type Piece = z.infer<typeof sealed>
export type PieceAbout = Omit<z.infer<typeof piece>, 'format' | 'content' | 'encryption'>

export const making = '.making-'
const quickly = { level: 1 }

const sealOfPiece = ({ seal: _seal, ...rest }: Piece | (Omit<Piece, 'seal'> & { seal?: string }), key?: BackupKey) =>
  sealOf(canonical(rest), key, 'stream')

/** `file` has its name only once it is whole and written out. */
export async function writePiece(
  file: string,
  about: PieceAbout,
  parts: Iterable<Buffer>,
  key: BackupKey | undefined,
): Promise<Piece & { fileBytes: number }> {
  const unfinished = temporary(join(dirname(file), `${making}${basename(file)}`))
  const hash = createHash('sha256')
  let bytes = 0
  const note = (part: Buffer) => {
    hash.update(part)
    bytes += part.length
  }
  try {
    const packed = Readable.from(parts).compose(createGzip(quickly)) as AsyncIterable<Buffer>
    const content = counted(key ? encrypted(packed, key) : packed, note)
    await pipeline(Readable.from(content), createWriteStream(unfinished, { mode: 0o600, flags: 'wx' }))
    const told = {
      format: 1 as const,
      ...about,
      content: { bytes, sha256: hash.digest('hex') },
      encryption: key ? { cipher: 'aes-256-gcm in frames' as const, key: key.id } : null,
    }
    const whole = { ...told, seal: sealOfPiece(told, key) }
    const text = Buffer.from(JSON.stringify(whole))
    const length = Buffer.alloc(4)
    length.writeUInt32BE(text.length)
    await appendFile(unfinished, Buffer.concat([text, length]))
    await syncFile(unfinished)
    giveToOwnerOf(dirname(file), unfinished)
    if (existsSync(file)) throw new Error(`${file} is there already: another server writes the same stream`)
    renameSync(unfinished, file)
    await syncFolder(dirname(file)).catch((error) => {
      rmSync(file, { force: true })
      throw error
    })
    return { ...whole, fileBytes: bytes + text.length + 4 }
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  } finally {
    settled(unfinished)
  }
}

const broken = (file: string, why: string, cause?: unknown) =>
  new BackupError('file.changed', `${file} can't be used: ${why}. Name an earlier time with --at, or another backup`, {
    cause,
  })
const aboutAtMost = 16 * 1_048_576

async function tailOf(file: string): Promise<unknown> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const length = Buffer.alloc(4)
    await handle.read(length, 0, 4, size - 4)
    const bytes = length.readUInt32BE()
    if (bytes > Math.min(size - 4, aboutAtMost)) throw broken(file, 'it is not whole')
    const text = Buffer.alloc(bytes)
    await handle.read(text, 0, bytes, size - 4 - bytes)
    return JSON.parse(text.toString())
  } finally {
    await handle.close()
  }
}

/** What a piece says of itself. Without its key the seal of an encrypted one can't be checked. */
export async function readPiece(file: string, key: BackupKey | undefined): Promise<Piece> {
  let told: unknown
  try {
    told = await tailOf(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT')
      throw new BackupError('file.missing', `The stream's file ${file} is missing`, { cause: error })
    throw broken(file, 'it is not whole', error)
  }
  const { success, data } = sealed.safeParse(told)
  if (!success) throw broken(file, 'it is not whole, or of a later version of Homeroom')
  const isOfKey = data.encryption === null || data.encryption.key === key?.id
  if (isOfKey && data.seal !== sealOfPiece(data, data.encryption ? key : undefined))
    throw broken(file, 'it was changed after it was written')
  return data
}

/** Throws `file.changed` at its end at the latest, unless all of it is what was stored. */
export async function* contentOf(file: string, piece: Piece, given: BackupKey | undefined): AsyncGenerator<Buffer> {
  const key = keyFor(piece, given)
  const { bytes, sha256: expected } = piece.content
  const hash = createHash('sha256')
  // Nothing at all is compressed to a few bytes, so that there is always something to read.
  const stored = createReadStream(file, { end: Math.max(0, bytes - 1) }) as AsyncIterable<Buffer>
  const read = counted(stored, (part) => hash.update(part))
  const unpacked = Readable.from(key ? decrypted(read, key) : read).compose(createGunzip())
  try {
    for await (const part of unpacked) yield part as Buffer
  } catch (error) {
    throw error instanceof BackupError ? error : broken(file, 'its content is not what was stored', error)
  }
  if (hash.digest('hex') !== expected) throw broken(file, 'its content is not what was stored')
}
