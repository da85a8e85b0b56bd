import { and, eq } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { classTerms } from '../../db/schema/index.ts'
import { academicSessionKind } from '../academic-sessions/kind.ts'
import type { MutationContext } from '../context.ts'
import type { Change } from '../journal/entry.ts'
import type { Kind, RowOf } from '../records/kind.ts'
import { addRecord, changeRecord, currentRecord } from '../records/write.ts'

const classTermKind: Kind<typeof classTerms> = {
  entity: 'classTerm',
  table: classTerms,
  notFound: 'academicSession.not_found',
  stale: 'class.stale',
}

/** The class runs in exactly these terms. One that is new to it must be in use. */
export async function writeTerms(
  tx: Transaction,
  { school, now }: MutationContext,
  classId: string,
  academicSessionIds: readonly string[],
): Promise<Change[]> {
  const rows = (await tx
    .select()
    .from(classTerms)
    .where(and(eq(classTerms.schoolId, school.id), eq(classTerms.classId, classId)))) as RowOf<typeof classTerms>[]
  const changes: Change[] = []
  for (const row of rows)
    if (!row.archivedAt && !academicSessionIds.includes(row.academicSessionId))
      changes.push(...(await changeRecord(tx, classTermKind, row, { archivedAt: now })))
  for (const academicSessionId of new Set(academicSessionIds)) {
    const row = rows.find((one) => one.academicSessionId === academicSessionId)
    if (row && !row.archivedAt) continue
    await currentRecord(tx, academicSessionKind, school.id, academicSessionId)
    if (row) changes.push(...(await changeRecord(tx, classTermKind, row, { archivedAt: null })))
    else changes.push(await addRecord(tx, classTermKind, school.id, { classId, academicSessionId }))
  }
  return changes
}
