/** Standard Webhooks, "Signature scheme": HMAC-SHA256 of `id.timestamp.body`, one signature for each secret that holds. */
import { createHmac, randomBytes } from 'node:crypto'

const prefix = 'whsec_'
/** In ms. So long a receiver may go on with the secret before. */
export const formerFor = 24 * 3_600_000

/** It has 256 random bits. */
export const newSecret = (): string => `${prefix}${randomBytes(32).toString('base64')}`

export interface Secrets {
  secret: string
  formerSecret: string | null
  formerUntil: Date | null
}

const signed = (secret: string, text: string) =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice(prefix.length), 'base64'))
    .update(text)
    .digest('base64')}`

/** `at` is the moment of the attempt, so that a receiver may refuse old requests. */
export function signedHeaders({ secret, formerSecret, formerUntil }: Secrets, id: string, body: string, at: Date) {
  const timestamp = Math.floor(at.getTime() / 1000)
  const holding = formerSecret && formerUntil && formerUntil > at ? [secret, formerSecret] : [secret]
  const signatures = holding.map((one) => signed(one, `${id}.${timestamp}.${body}`))
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signatures.join(' ') }
}
