/** The release before wrote journal rows without what this one reads them by. */
import { asc } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { schools } from '../../db/schema/index.ts'
import { fillJournal } from '../kinds.ts'
import type { Log } from './logging.ts'
import { described } from './logging.ts'

/** A stopped or failed fill continues after the next start; a reader fills a journal that is not ready. */
async function fillAll(db: Database, log: Log, isStopped: () => boolean): Promise<void> {
  try {
    const all = await db.select({ id: schools.id, school: schools.slug }).from(schools).orderBy(asc(schools.id))
    for (const { id, school } of all) {
      const filled = await fillJournal(db, id, isStopped)
      if (filled) log.info({ school, filled }, 'a journal of the release before was filled up')
    }
  } catch (error) {
    log.warn({ error: described(error) }, 'a journal could not be filled up: its next reader does it')
  }
}

export function fillJournals(db: Database, log: Log): () => Promise<void> {
  let isStopped = false
  const filling = fillAll(db, log, () => isStopped)
  return () => {
    isStopped = true
    return filling
  }
}
