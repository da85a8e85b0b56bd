/** Every process writes how the sides of its flags went, and turns a rollout off whose new side fails. */
import type { Database } from '../../db/database.ts'
import { UnavailableError } from '../../db/errors.ts'
import { guardFlags } from '../flags/guarding.ts'
import { sidesOf } from '../flags/sides.ts'
import type { Log } from './logging.ts'
import { described } from './logging.ts'
import { repeat } from './repeating.ts'

const writeEveryMs = 10_000

interface Options {
  log: Log
  now?: () => Date
  every?: number
}

/** Call the answer to stop: what was counted until then is written. */
export function keepGuard(
  db: Database,
  { log, now = () => new Date(), every = writeEveryMs }: Options,
): () => Promise<void> {
  const look = async () => {
    try {
      const called = await sidesOf(db).write(now())
      for (const { flag, calls, failedPercent, before } of await guardFlags(db, called, now()))
        log.error(
          { flag, calls, failed_percent: failedPercent, before_percent: before },
          'the guard has turned a flag off: the calls on its new side failed',
        )
    } catch (error) {
      // A database that is away is reported once for all who ask it.
      if (!(error instanceof UnavailableError))
        log.warn({ error: described(error) }, 'the sides of the flags could not be compared')
    }
  }
  const looks = repeat(every, look)
  return async () => {
    await looks.stop()
    await look()
  }
}
