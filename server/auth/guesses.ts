import type { Transaction } from '../../db/database.ts'
import type { RequestContext } from '../trpc.ts'
import type { Keyed } from './devices.ts'
import { deviceOf } from './devices.ts'
import type { Counting } from './rate-limit.ts'
import { countAttempt, forgetAttempts, networkOf, uncountAttempt } from './rate-limit.ts'
import { hashToken } from './tokens.ts'

/** These are attempts in 15 minutes. The account's own limit is higher, so that nobody far away locks a colleague out. */
export const perDevice = 10
export const perAccountAndNetwork = 10
export const perAccount = 100
export const perNetwork = 100

export const accountKey = (email: string): string => `sign-in:account:${hashToken(email)}`
const networkKey = (address: string): string => `sign-in:network:${networkOf(address)}`

type Guessing = Counting & Pick<RequestContext, 'address' | 'device'>
/** Returns the name of the limit. A device of the account, or a session, has one of its own, which no attempt from elsewhere uses up. Throws `session.too_many_attempts`. */
export async function countGuess(
  ctx: Guessing,
  account: Keyed,
  device = deviceOf(ctx.device, account),
): Promise<string | undefined> {
  const key = accountKey(account.email)
  if (device) await countAttempt(ctx, `${key}:device:${hashToken(device)}`, perDevice)
  else {
    await countAttempt(ctx, networkKey(ctx.address), perNetwork)
    await countAttempt(ctx, `${key}:${networkOf(ctx.address)}`, perAccountAndNetwork)
    await countAttempt(ctx, key, perAccount)
  }
  return device
}

/** A password that is right does not count: colleagues share one address. */
export async function forgetGuesses(tx: Transaction, ctx: Guessing, email: string, device: string | undefined) {
  await forgetAttempts(tx, accountKey(email), ctx.now)
  if (!device) await uncountAttempt(tx, networkKey(ctx.address))
}
