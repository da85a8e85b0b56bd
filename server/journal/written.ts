import { and, asc, eq, gt, gte, inArray, lte } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { journal, journalValues, operations } from '../../db/schema/index.ts'
import { chainedAs, sealsOf } from './seals.ts'

export type StoredEntry = typeof journal.$inferSelect
export interface WrittenEntry {
  entry: StoredEntry
  operation: typeof operations.$inferSelect | undefined
  values: typeof journalValues.$inferSelect | undefined
  /** The id that its hash covers: the school's, or the one it had where the entry was written. */
  chainedAs: number
}

export const readAtOnce = 1000

/** Each from its own index: a join could read whole tables for every page. */
async function withAll(tx: Reader, entries: StoredEntry[]): Promise<WrittenEntry[]> {
  const [first, last] = [entries[0], entries.at(-1)]
  if (!first || !last) return []
  const ids = [...new Set(entries.map(({ operationId }) => operationId))]
  const made = await tx
    .select()
    .from(operations)
    .where(and(eq(operations.schoolId, first.schoolId), inArray(operations.id, ids)))
  const held = await tx
    .select()
    .from(journalValues)
    .where(
      and(
        eq(journalValues.schoolId, first.schoolId),
        gte(journalValues.number, first.number),
        lte(journalValues.number, last.number),
      ),
    )
  const seals = await sealsOf(tx, first.schoolId)
  const operationOf = new Map(made.map((operation) => [operation.id, operation]))
  const valuesOf = new Map(held.map((values) => [values.number, values]))
  return entries.map((entry) => ({
    entry,
    operation: operationOf.get(entry.operationId),
    values: valuesOf.get(entry.number),
    chainedAs: chainedAs(entry, seals),
  }))
}

export async function writtenAfter(tx: Reader, schoolId: number, number: number): Promise<WrittenEntry[]> {
  const page = tx
    .select()
    .from(journal)
    .where(and(eq(journal.schoolId, schoolId), number ? gt(journal.number, number) : undefined))
    .orderBy(asc(journal.number))
    .limit(readAtOnce)
  return withAll(tx, await page)
}

export async function writtenAt(tx: Reader, schoolId: number, number: number): Promise<WrittenEntry | undefined> {
  const found = await tx
    .select()
    .from(journal)
    .where(and(eq(journal.schoolId, schoolId), eq(journal.number, number)))
  return (await withAll(tx, found))[0]
}
