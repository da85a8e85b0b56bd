import type { CsvRow } from './csv.ts'
import type { Column, FileKind } from './files.ts'
import { files } from './files.ts'
import type { Slot } from './header.ts'
import type { Report, RowPosition } from './report.ts'
import { readDate } from './values.ts'

export type RowStatus = 'active' | 'inactive' | 'tobedeleted'

export interface Row extends RowPosition {
  status: RowStatus
  fields: Partial<Record<string, string>>
  extra: Record<string, string>
}

const statuses = ['active', 'inactive', 'tobedeleted'] as const

function readStatus(row: Row, report: Report): RowStatus {
  const { status: text = 'active', ...fields } = row.fields
  row.fields = fields
  const known = statuses.find((status) => status === text.toLowerCase())
  if (known) return known
  report.warn(row, `${text} is no status we know; the row counts as active`, 'status')
  row.extra.status = text
  return 'active'
}

function readField(
  column: Column,
  text: string,
  position: RowPosition,
  header: string,
  report: Report,
): string | null | undefined {
  // Databases count code points, not UTF-16 units.
  const length = column.max && text.length > column.max ? [...text].length : 0
  if (column.max && length > column.max) {
    report.reject(position, `has ${length} characters; there is room for ${column.max}`, header)
    return undefined
  }
  if (!column.date) return text
  const date = readDate(text)
  if (date === undefined)
    report.reject(position, `"${text.slice(0, 40)}" is not read as one certain date: write it as 2026-08-31`, header)
  return date
}

function checkWidth(slots: readonly Slot[], { cells }: CsvRow, position: RowPosition, report: Report): void {
  const over = cells.length - slots.length
  if (over)
    report.warn(
      position,
      `has ${Math.abs(over)} ${Math.abs(over) === 1 ? 'cell' : 'cells'} ${over > 0 ? 'more' : 'fewer'} than the header`,
    )
}

/** A session is stored only with days that run forwards. */
function isSession({ fields: { startDate, endDate }, status, ...position }: Row, report: Report): boolean {
  const isWhole = Boolean(startDate && endDate)
  if (startDate && endDate && endDate < startDate)
    report.reject(position, `ends on ${endDate}, before it begins on ${startDate}`, 'endDate')
  else if (isWhole || status === 'tobedeleted') return true
  else report.reject(position, 'needs its first and its last day', startDate ? 'endDate' : 'startDate')
  return false
}

/** Other systems write so that somebody never came: the row counts as deleted and keeps its dates. */
function deleteNeverBegun(row: Row, report: Report): void {
  const { beginDate, endDate, ...fields } = row.fields
  if (!beginDate || !endDate || beginDate <= endDate) return
  report.warn(
    row,
    `ends on ${endDate}, before it begins on ${beginDate}: it holds no day, and counts as deleted`,
    'endDate',
  )
  row.fields = fields
  Object.assign(row.extra, { beginDate, endDate })
  row.status = 'tobedeleted'
}

export function readRow(
  kind: FileKind,
  file: string,
  slots: readonly Slot[],
  csv: CsvRow,
  report: Report,
): Row | undefined {
  const columns = files[kind] as Record<string, Column>
  const row: Row = { file, line: csv.line, status: 'active', fields: {}, extra: Object.create(null) }
  checkWidth(slots, csv, row, report)
  for (const [index, cell] of csv.cells.entries()) {
    const slot = slots[index] ?? { extra: `column ${index + 1}`, header: `column ${index + 1}` }
    if (cell === undefined) {
      report.reject(row, 'holds bytes that are not UTF-8: save the file again as "CSV UTF-8"', slot.header)
      return undefined
    }
    const text = cell.trim()
    if (!text) continue
    if (slot.field) {
      const value = readField(columns[slot.field] ?? { also: [] }, text, row, slot.header, report)
      if (value === undefined) return undefined
      if (value !== null) row.fields[slot.field] = value
    } else if (slot.extra) row.extra[slot.extra] = text
  }
  if (row.fields.dateLastModified) row.extra.dateLastModified = row.fields.dateLastModified
  delete row.fields.dateLastModified
  row.status = readStatus(row, report)
  if (kind === 'enrollments') deleteNeverBegun(row, report)
  return kind !== 'academicSessions' || isSession(row, report) ? row : undefined
}
