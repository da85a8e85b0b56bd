/** The key with which backups are encrypted lies in a file of its own, and its text is what is kept elsewhere to recover them. */
import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { BackupError } from './backup-error.ts'

const form = /^homeroom-backup-key-1:([A-Za-z0-9_-]{43})$/
const keyBytes = 32

export interface BackupKey {
  secret: Buffer
  id: string
}

const keyOf = (secret: Buffer): BackupKey => ({
  secret,
  id: createHash('sha256').update('homeroom backup key id').update(secret).digest('hex').slice(0, 16),
})

export const newKeyText = (): string => `homeroom-backup-key-1:${randomBytes(keyBytes).toString('base64url')}`

/** Its last letters, which somebody who has kept it can type. */
export const endOfKey = (text: string): string => text.slice(-6)

/** Throws before anybody writes a new key down: the one in the file opens the backups that are there. */
export function refuseToOverwrite(file: string): void {
  if (existsSync(file))
    throw new Error(
      `${file} is there already: the backups made with the key in it need that key. Keep it where this machine is not, or name another file for a new one`,
    )
  if (!existsSync(dirname(file))) throw new Error(`The folder of ${file} is missing: make it first`)
}

export async function writeKey(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(`${text}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export function readKey(file: string): BackupKey {
  let text: string
  try {
    text = readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw new BackupError('key.none', `The key file ${file} can't be read: ${(error as Error).message}`)
  }
  const [, secret] = form.exec(text) ?? []
  if (!secret)
    throw new BackupError(
      'key.none',
      `${file} holds no key of backups: npx homeroom backup key --key-file ${file} makes one`,
    )
  return keyOf(Buffer.from(secret, 'base64url'))
}

const purposes = {
  file: 'homeroom backup file',
  manifest: 'homeroom backup manifest',
  stream: 'homeroom backup stream',
  erased: 'homeroom backup erased',
} as const
type Purpose = keyof typeof purposes

/** A key for one purpose, so that none serves two. */
export const derivedKey = ({ secret }: BackupKey, purpose: Purpose, salt: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, purposes[purpose], keyBytes))

/** Shows a change; with a key, also one that somebody made who recomputed it. */
export const sealOf = (text: string, key: BackupKey | undefined, purpose: Purpose = 'manifest'): string =>
  key
    ? createHmac('sha256', derivedKey(key, purpose, Buffer.alloc(0)))
        .update(text)
        .digest('hex')
    : createHash('sha256').update(text).digest('hex')
