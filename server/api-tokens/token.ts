import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

/** Whatever looks for secrets in published code knows a token by its beginning and its checksum. */
const prefix = 'hrm_'
const secretLength = 50
const checksumLength = 7
const shape = new RegExp(`^${prefix}[0-9a-z]{${secretLength + checksumLength}}$`)

const checksum = (text: string) => crc32(text).toString(36).padStart(checksumLength, '0')

/** It has 256 random bits. Only its hash is stored. */
export function newApiToken(): string {
  const secret = BigInt(`0x${randomBytes(32).toString('hex')}`)
    .toString(36)
    .padStart(secretLength, '0')
  return `${prefix}${secret}${checksum(`${prefix}${secret}`)}`
}

/** What is none is refused without asking the database. */
export const isApiToken = (text: string): boolean =>
  shape.test(text) && text.endsWith(checksum(text.slice(0, -checksumLength)))
