/** The records that pasted rows may mean, so that nobody is added twice. Archived ones are among them, erased ones are not. */
import type { Column, SQL } from 'drizzle-orm'
import { and, eq, inArray } from 'drizzle-orm'
import type { Context } from '../context.ts'
import { inBatches } from '../journal/bulk.ts'
import type { RecordTable } from './kind.ts'
import { asOne, idsOf } from './kind.ts'

export async function idsWith(
  { db, school }: Context,
  table: RecordTable,
  column: Column,
  values: readonly string[],
  more?: SQL,
): Promise<string[]> {
  const ids: string[] = []
  for (const batch of inBatches(new Set(values.filter(Boolean)))) {
    const t = asOne(table)
    const rows = await db
      .select({ id: t.id })
      .from(t)
      .where(and(eq(t.schoolId, school.id), inArray(column, batch), more))
    ids.push(...idsOf(rows))
  }
  return ids
}

export const told = <Row extends { archivedAt: Date | null }>({ archivedAt, ...row }: Row) => ({
  ...row,
  archivedAt: archivedAt?.toISOString() ?? null,
})
