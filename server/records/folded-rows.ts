/** The register shows the union of one person's overlapping rows in a class; each row's own id and days are in `extra`. */
import type { DayRange } from '../calendar.ts'
import { shared, spanOf } from '../calendar.ts'

export interface FoldedRow extends DayRange {
  sourcedId: string
  status?: 'inactive'
  role?: string
  isPrimary?: true
}

interface Holder extends DayRange {
  sourcedId: string | null
  extra: Partial<Record<string, string>>
}

/** An earlier release kept the other ids without their days. */
function storedRows({ sourcedId, beginDate, endDate, extra }: Holder): FoldedRow[] {
  if (extra.foldedRows) return JSON.parse(extra.foldedRows)
  const ids = [sourcedId, ...(extra.foldedSourcedIds?.split(',') ?? [])]
  return ids.flatMap((id) => (id ? { sourcedId: id, beginDate, endDate } : []))
}

/** A first or last day that staff have changed since is that of the row which had it. */
export function foldedRowsOf(record: Holder): FoldedRow[] {
  const rows = storedRows(record)
  const { beginDate: first, endDate: last } = spanOf(rows)
  return rows.flatMap((row) => {
    const beginDate = row.beginDate === first ? record.beginDate : row.beginDate
    const endDate = row.endDate === last ? record.endDate : row.endDate
    const days = shared({ beginDate, endDate }, record)
    return days ? { ...row, ...days } : []
  })
}

/** Returns undefined for a single row, which needs no record of its own days. */
export const foldedText = (rows: readonly FoldedRow[]): string | undefined =>
  rows.length > 1 ? JSON.stringify(rows.toSorted((a, b) => (a.sourcedId < b.sourcedId ? -1 : 1))) : undefined

export const isFolded = ({ foldedRows, foldedSourcedIds }: Holder['extra']): boolean =>
  Boolean(foldedRows || foldedSourcedIds)

export function withoutFolded<T>({ foldedRows: _, foldedSourcedIds: __, ...extra }: Record<string, T>) {
  return extra as Record<string, T>
}
