import { domainError } from '../errors.ts'
import type { RequestContext, SignInWay } from '../trpc.ts'
import { networkOf } from './rate-limit.ts'

export interface Whose {
  userId?: string
  email?: string
}

/** The log tells who came in or chose another password and from which network, and what was tried in vain. `work` answers whose account it is, and may add to `whose` before it fails. */
export async function noted(
  { address, noteSignIn }: Pick<RequestContext, 'address' | 'noteSignIn'>,
  way: SignInWay,
  whose: Whose,
  work: () => Promise<string>,
): Promise<void> {
  const network = networkOf(address)
  try {
    const userId = await work()
    noteSignIn?.({ way, userId, network })
  } catch (error) {
    const failed = domainError(error)?.reason
    if (failed) noteSignIn?.({ way, ...whose, network, failed })
    throw error
  }
}
