/** Every process writes which tokens used what goes from the API. */
import type { Database } from '../../db/database.ts'
import { UnavailableError } from '../../db/errors.ts'
import { usesOf } from '../api-tokens/uses.ts'
import type { Log } from './logging.ts'
import { described } from './logging.ts'
import { repeat } from './repeating.ts'

const writeEveryMs = 60_000

interface Options {
  log: Log
  now?: () => Date
  every?: number
}

/** Call the answer to stop: what was counted until then is written. */
export function keepUses(
  db: Database,
  { log, now = () => new Date(), every = writeEveryMs }: Options,
): () => Promise<void> {
  const write = () =>
    usesOf(db)
      .write(now())
      .catch((error) => {
        // A database that is away is reported once for all who ask it.
        if (!(error instanceof UnavailableError))
          log.warn({ error: described(error) }, 'the uses of what goes from the API could not be written')
      })
  const writes = repeat(every, write)
  return async () => {
    await writes.stop()
    await write()
  }
}
