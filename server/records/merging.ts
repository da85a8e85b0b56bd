import type { RecordTable, RowOf } from './kind.ts'
import type { Edit } from './write.ts'

export interface Merging {
  goneId: string
  keptId: string
  now: Date
  /** The school's today, 'YYYY-MM-DD'. */
  day: string
  take: readonly string[]
}

/** `rows` are all of both records, archived ones too, by id. The edits come in the order in which they can be written. */
export type MergeOf<T extends RecordTable> = (rows: readonly RowOf<T>[], merging: Merging) => Edit<T>[]

export function sidesOf<Row extends { studentId: string; archivedAt: Date | null }>(
  rows: readonly Row[],
  { goneId, keptId }: Merging,
): { gone: Row[]; kept: Row[] } {
  const ofOne = (studentId: string) => rows.filter((row) => row.studentId === studentId && !row.archivedAt)
  return { gone: ofOne(goneId), kept: ofOne(keptId) }
}
