/** A browser that knows an account's token has a limit of its own: wrong passwords from elsewhere do not keep its person out. The stored password is the key, so another one ends it. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** A shared computer remembers the last people who used it. */
const remembered = 6
const item = /^([\w-]{16})\.([\w-]{43})$/

export interface Keyed {
  email: string
  passwordHash: string | null
}

const signature = (nonce: string, { email, passwordHash }: Keyed) =>
  createHmac('sha256', passwordHash ?? randomBytes(32))
    .update(`device ${nonce} ${email}`)
    .digest()

const itemsOf = (cookie: string | null | undefined) =>
  (cookie ?? '')
    .slice(0, 1000)
    .split('~')
    .flatMap((text) => {
      const [, nonce, signed] = item.exec(text) ?? []
      return nonce && signed ? [{ text, nonce, signed: Buffer.from(signed, 'base64url') }] : []
    })
    .slice(0, remembered)
const isOf =
  (account: Keyed) =>
  ({ nonce, signed }: ReturnType<typeof itemsOf>[number]) =>
    timingSafeEqual(signed, signature(nonce, account))

export const deviceOf = (cookie: string | null | undefined, account: Keyed): string | undefined =>
  itemsOf(cookie).find(isOf(account))?.nonce

export function withDevice(cookie: string | null | undefined, account: Keyed): string {
  const nonce = randomBytes(12).toString('base64url')
  const others = itemsOf(cookie).filter((one) => !isOf(account)(one))
  const own = `${nonce}.${signature(nonce, account).toString('base64url')}`
  return [own, ...others.map(({ text }) => text)].slice(0, remembered).join('~')
}
