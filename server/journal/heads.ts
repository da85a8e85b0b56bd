import { and, desc, eq, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { journal, schools } from '../../db/schema/index.ts'

export interface SchoolHead {
  school: string
  head: string
}

/** A head is `number:hash`. A school without entries has none. */
export function journalHeads(db: Reader): Promise<SchoolHead[]> {
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
