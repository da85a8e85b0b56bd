/** Every process looks for changes of the flags, and serves what it read last. */
import type { Database } from '../../db/database.ts'
import { UnavailableError } from '../../db/errors.ts'
import { overdue } from '../flags/registry.ts'
import { flagsOf } from '../flags/store.ts'
import type { Log } from './logging.ts'
import { described } from './logging.ts'
import { repeat } from './repeating.ts'

/** In ms, between two looks. */
const lookEveryMs = 250
const warnEveryMs = 24 * 3_600_000

interface Options {
  log: Log
  now?: () => Date
}

/** Resolves after the first look, also where it fails; call the answer to stop. */
export async function keepFlags(db: Database, { log, now = () => new Date() }: Options): Promise<() => Promise<void>> {
  const store = flagsOf(db)
  let said = ''
  let warnedAt = Number.NEGATIVE_INFINITY
  const say = (what: string, line: object) => {
    if (what && what !== said) log.error(line, 'flags can not be read: what was read last is served on')
    said = what
  }
  const warn = () => {
    if (performance.now() - warnedAt < warnEveryMs) return
    warnedAt = performance.now()
    for (const { name, since } of overdue(now().toISOString().slice(0, 10)))
      log.warn(
        { flag: name, since },
        'a flag, or a setting that a flag replaces, is past its end and serves on: homeroom flags remove tells what to take out',
      )
  }
  const look = async () => {
    warn()
    try {
      await store.look()
      say(store.broken.join(' '), { flags: store.broken })
    } catch (error) {
      // A database that is away is reported once for all who ask it.
      if (!(error instanceof UnavailableError)) say('all', { error: described(error) })
    }
  }
  await look()
  const looks = repeat(lookEveryMs, look)
  return () => looks.stop()
}
