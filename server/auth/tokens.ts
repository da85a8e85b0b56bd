import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits, for a cookie or a link. Only its hash is ever stored. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** SHA-256 in hexadecimal: what the database keeps of a token. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')
