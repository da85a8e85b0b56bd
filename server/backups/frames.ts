/** AES-256-GCM in frames, as age's STREAM: the nonce is the frame's number and whether it is the last, so none can be changed, moved, left out or added. DECISIONS.md says why it is not age. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { BackupError } from './backup-error.ts'
import type { BackupKey } from './key.ts'
import { derivedKey } from './key.ts'

const cipher = 'aes-256-gcm'
const magic = Buffer.from('homeroom-backup-file-1\n')
const saltBytes = 16
const frameBytes = 65_536
const tagBytes = 16
const headBytes = magic.length + saltBytes

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeBigUInt64BE(BigInt(number), 3)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

type Parts = AsyncIterable<Buffer>

/** Parts of exactly `size` bytes, and a last one of at most as many, which comes marked. */
async function* framed(parts: Parts, size: number): AsyncGenerator<{ frame: Buffer; isLast: boolean }> {
  let held: Buffer = Buffer.alloc(0)
  for await (const part of parts) {
    held = held.length ? Buffer.concat([held, part]) : part
    let from = 0
    for (; held.length - from > size; from += size) yield { frame: held.subarray(from, from + size), isLast: false }
    held = held.subarray(from)
  }
  yield { frame: held, isLast: true }
}

export async function* encrypted(plain: Parts, key: BackupKey): AsyncGenerator<Buffer> {
  const salt = randomBytes(saltBytes)
  const own = derivedKey(key, 'file', salt)
  yield Buffer.concat([magic, salt])
  let number = 0
  for await (const { frame, isLast } of framed(plain, frameBytes)) {
    const one = createCipheriv(cipher, own, nonceOf(number++, isLast))
    yield Buffer.concat([one.update(frame), one.final(), one.getAuthTag()])
  }
}

const changed = () =>
  new BackupError(
    'file.changed',
    'The encrypted file was changed: a part of it is not what this key wrote. Take another backup',
  )

function opened(frame: Buffer, own: Buffer, nonce: Buffer): Buffer {
  if (frame.length < tagBytes) throw changed()
  const one = createDecipheriv(cipher, own, nonce, { authTagLength: tagBytes })
  one.setAuthTag(frame.subarray(frame.length - tagBytes))
  try {
    return Buffer.concat([one.update(frame.subarray(0, frame.length - tagBytes)), one.final()])
  } catch {
    throw changed()
  }
}

async function* afterHead(parts: Parts, head: Buffer[]): AsyncGenerator<Buffer> {
  let missing = headBytes
  for await (const part of parts) {
    if (missing) head.push(part.subarray(0, missing))
    if (part.length > missing) yield part.subarray(missing)
    missing = Math.max(0, missing - part.length)
  }
}

/** Throws `file.changed` at the first frame that is not what the key wrote; what came before it was. */
export async function* decrypted(sealed: Parts, key: BackupKey): AsyncGenerator<Buffer> {
  const head: Buffer[] = []
  let own: Buffer | undefined
  let number = 0
  for await (const { frame, isLast } of framed(afterHead(sealed, head), frameBytes + tagBytes)) {
    const begin = Buffer.concat(head)
    if (begin.length < headBytes || !begin.subarray(0, magic.length).equals(magic)) throw changed()
    own ??= derivedKey(key, 'file', begin.subarray(magic.length))
    yield opened(frame, own, nonceOf(number++, isLast))
  }
}
