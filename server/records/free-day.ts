import type { Transaction } from '../../db/database.ts'
import type { classInstructors, enrollments } from '../../db/schema/index.ts'
import type { Change } from '../journal/entry.ts'
import type { FieldsOf, Kind, RowOf } from './kind.ts'
import { changeRecord } from './write.ts'

/**
 * Two rows of one person in one class can't begin on one day. Of `rows`, the person's in the class, an archived one gives
 * its day up and keeps it as `extra.beginDate`.
 */
export async function freeDay<T extends typeof enrollments | typeof classInstructors>(
  tx: Transaction,
  kind: Kind<T>,
  rows: readonly RowOf<T>[],
  beginDate: string | null,
): Promise<Change[]> {
  const there = beginDate !== null && rows.find((row) => row.archivedAt && row.beginDate === beginDate)
  if (!there) return []
  const fields: FieldsOf<typeof enrollments> = { beginDate: null, extra: { ...there.extra, beginDate } }
  return changeRecord(tx, kind, there, fields as FieldsOf<T>)
}
