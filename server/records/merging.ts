/** How the rows of two records of one student become one student's. */
import type { FieldsOf, RecordTable, RowOf } from './kind.ts'

/** The two records of a merge, and when it happens. */
export interface Merging {
  goneId: string
  keptId: string
  now: Date
  /** The school's today. */
  day: string
  /** What was chosen from the record that goes. */
  take: readonly string[]
}

export interface Edit<T extends RecordTable> {
  before: RowOf<T>
  fields: FieldsOf<T>
}

/** `rows` are all of both records, archived ones too, by id. The edits come in the order in which they can be written. */
export type MergeOf<T extends RecordTable> = (rows: readonly RowOf<T>[], merging: Merging) => Edit<T>[]

/** The rows in use, by the record they belong to. */
export function sidesOf<Row extends { studentId: string; archivedAt: Date | null }>(
  rows: readonly Row[],
  { goneId, keptId }: Merging,
): { gone: Row[]; kept: Row[] } {
  const ofOne = (studentId: string) => rows.filter((row) => row.studentId === studentId && !row.archivedAt)
  return { gone: ofOne(goneId), kept: ofOne(keptId) }
}
