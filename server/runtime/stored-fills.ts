/** The release before wrote rows without what this one reads them by, or folded in its way. */
import { asc } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { schools } from '../../db/schema/index.ts'
import { fillJournal, refold } from '../kinds.ts'
import type { Log } from './logging.ts'
import { described } from './logging.ts'

/** A stopped or failed fill continues after the next start; a reader fills a journal that is not ready. */
const fills = [
  {
    fill: fillJournal,
    done: 'a journal of the release before was filled up',
    failed: 'a journal could not be filled up: its next reader does it',
  },
  {
    fill: refold,
    done: 'names and titles of the release before were folded anew',
    failed: 'names and titles could not be folded anew: the next start does it',
  },
] as const

async function fillAll(db: Database, log: Log, isStopped: () => boolean): Promise<void> {
  for (const { fill, done, failed } of fills)
    try {
      const all = await db.select({ id: schools.id, school: schools.slug }).from(schools).orderBy(asc(schools.id))
      for (const { id, school } of all) {
        const filled = await fill(db, id, isStopped)
        if (filled) log.info({ school, filled }, done)
      }
    } catch (error) {
      log.warn({ error: described(error) }, failed)
    }
}

export function fillStored(db: Database, log: Log): () => Promise<void> {
  let isStopped = false
  const filling = fillAll(db, log, () => isStopped)
  return () => {
    isStopped = true
    return filling
  }
}
