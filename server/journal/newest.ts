import { desc, eq, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import { journal } from '../../db/schema/index.ts'

const newest = prepared((db, _shape: 'all') =>
  db
    .select({ number: journal.number })
    .from(journal)
    .where(eq(journal.schoolId, sql.placeholder('schoolId')))
    .orderBy(desc(journal.number))
    .limit(1),
)

export const newestNumber = async (db: Reader, schoolId: number): Promise<number> =>
  (await newest(db, 'all', { schoolId }))[0]?.number ?? 0
