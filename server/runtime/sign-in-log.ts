/** Sign-ins in the log: what could name somebody or a place is hashed with a key, so that the log alone does not tell it. */
import { createHmac } from 'node:crypto'
import type { Config } from '../config.ts'
import type { SignInNote } from '../trpc.ts'
import type { Log } from './logging.ts'

type Settings = Pick<Config, 'logHashKey'>

/** The same text has the same hash for as long as the key stays. */
export const hashedFor = ({ logHashKey }: Settings, text: string): string =>
  createHmac('sha256', logHashKey).update(text).digest('base64url').slice(0, 22)

export function logSignIn(log: Log, settings: Settings, requestId: string, note: SignInNote): void {
  const { way, userId, email, network, failed } = note
  const line = {
    req_id: requestId,
    way,
    ...(userId && { user_id: userId }),
    ...(email && { account: hashedFor(settings, email) }),
    network: hashedFor(settings, network),
    ...(failed && { reason: failed }),
  }
  if (failed) log.info(line, 'a sign-in failed')
  else log.info(line, way === 'change' ? 'somebody chose another password' : 'somebody signed in')
}

/** A change of an account by the command line, which no request tells of. */
export const logAccountChange = (log: Log, userId: string, what: string): void =>
  log.info({ user_id: userId, what, way: 'cli' }, 'an account was changed on the command line')
