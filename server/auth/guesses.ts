import type { RequestContext } from '../trpc.ts'
import { countAttempt, networkOf } from './rate-limit.ts'
import { hashToken } from './tokens.ts'

/** These are attempts in 15 minutes. The account's own limit is higher, so that nobody far away locks a colleague out. */
const perAccountAndNetwork = 10
const perAccount = 100

export const accountKey = (email: string): string => `sign-in:account:${hashToken(email)}`

/** Throws `session.too_many_attempts` after too many wrong passwords for one account, whichever form they are typed into. */
export async function countGuess(
  { db, address, now }: Pick<RequestContext, 'db' | 'address' | 'now'>,
  email: string,
): Promise<void> {
  const account = accountKey(email)
  await countAttempt(db, `${account}:${networkOf(address)}`, perAccountAndNetwork, now)
  await countAttempt(db, account, perAccount, now)
}
