/** A head that is kept elsewhere shows later whether the journal was changed before it. */
import { and, desc, eq, sql } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { journal, schools } from '../../db/schema/index.ts'
import type { Log } from './logging.ts'
import { described } from './logging.ts'

/** A head is `number:hash`. A school without entries has none. */
export function journalHeads(db: Database): Promise<{ school: string; head: string }[]> {
  const last = db
    .select({ number: journal.number })
    .from(journal)
    .where(eq(journal.schoolId, schools.id))
    .orderBy(desc(journal.number))
    .limit(1)
  return db
    .select({ school: schools.slug, head: sql<string>`${journal.number} || ':' || ${journal.hash}` })
    .from(schools)
    .innerJoin(journal, and(eq(journal.schoolId, schools.id), eq(journal.number, sql`(${last})`)))
    .orderBy(schools.id)
}

/** It never rejects. */
export async function sayHeads(db: Database, log: Log): Promise<void> {
  try {
    for (const line of await journalHeads(db)) log.info(line, 'the journal has this head')
  } catch (error) {
    log.warn({ error: described(error) }, 'the journal heads could not be read today')
  }
}
