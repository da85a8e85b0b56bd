/** A head that is kept elsewhere shows later whether the journal was changed before it. */
import type { Database } from '../../db/database.ts'
import { journalHeads } from '../journal/heads.ts'
import type { Log } from './logging.ts'
import { described } from './logging.ts'

/** It never rejects. */
export async function sayHeads(db: Database, log: Log): Promise<void> {
  try {
    for (const line of await journalHeads(db)) log.info(line, 'the journal has this head')
  } catch (error) {
    log.warn({ error: described(error) }, 'the journal heads could not be read today')
  }
}
