/** What a school brought with it from another register is chained under the id that it had there. */
import { asc, eq } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { journalSeals } from '../../db/schema/index.ts'

export type Seal = typeof journalSeals.$inferSelect

/** The oldest first: a school may have moved more than once. */
export const sealsOf = (tx: Reader, schoolId: number): Promise<Seal[]> =>
  tx.select().from(journalSeals).where(eq(journalSeals.schoolId, schoolId)).orderBy(asc(journalSeals.number))

export const chainedAs = (entry: { schoolId: number; number: number }, seals: readonly Seal[]): number =>
  seals.find(({ number }) => entry.number <= number)?.formerId ?? entry.schoolId
