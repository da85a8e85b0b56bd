/** Says the end of every school's journal in the log: a head that is kept elsewhere shows later whether any of it was changed. */
import { and, desc, eq, sql } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { journal, schools } from '../../db/schema/index.ts'
import type { Log } from './logging.ts'
import { described } from './logging.ts'

/** In ms. */
const daily = 86_400_000

/** The head of each school's journal, as `number:hash`. A school without an entry has none. */
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

async function sayHeads(db: Database, log: Log): Promise<void> {
  try {
    for (const line of await journalHeads(db)) log.info(line, 'journal head')
  } catch (error) {
    log.warn({ error: described(error) }, 'no journal heads today')
  }
}

/** Says them now and every day until the answer is called; that resolves when none is being said any more. */
export function sayHeadsDaily(db: Database, log: Log): () => Promise<void> {
  let saying = sayHeads(db, log)
  const timer = setInterval(() => {
    saying = sayHeads(db, log)
  }, daily)
  timer.unref()
  return () => {
    clearInterval(timer)
    return saying
  }
}
