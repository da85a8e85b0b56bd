import type { Report, RowPosition } from '../report.ts'
import { isUncertain, toldCells } from './certain.ts'
import type { CsvRow } from './csv.ts'
import type { DateColumns } from './date-columns.ts'
import type { Column, FileKind } from './files.ts'
import { files } from './files.ts'
import type { Header, Slot } from './header.ts'
import type { RowStatus } from './status.ts'
import { isRowStatus } from './status.ts'
import { readCell } from './values.ts'

export interface Row extends RowPosition {
  status: RowStatus
  fields: Partial<Record<string, string>>
  extra: Record<string, string>
  /** Of these columns the row says nothing: it has no cell for them, or one that could not be read. */
  silent?: string[]
}

function readStatus(row: Row, report: Report): RowStatus {
  const { status: text = 'active', ...fields } = row.fields
  row.fields = fields
  const known = text.toLowerCase()
  if (isRowStatus(known)) return known
  report.warn(row, `${text} is no status we know; the row counts as active`, 'status')
  row.extra.status = text
  return 'active'
}

function readField(
  column: Column,
  slot: Slot,
  text: string,
  position: RowPosition,
  { dates, report }: Reader,
): string | null | undefined {
  // Databases count code points, not UTF-16 units.
  const length = column.max && text.length > column.max ? [...text].length : 0
  if (column.max && length > column.max) {
    report.reject(position, `has ${length} characters; there is room for ${column.max}`, slot.header)
    return undefined
  }
  return column.date ? dates.read(slot, text, position, report) : text
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

export interface Reader {
  kind: FileKind
  file: string
  header: Header
  dates: DateColumns
  report: Report
}

export function readRow(reader: Reader, csv: CsvRow): Row | undefined {
  const { kind, file, header, report } = reader
  const { slots } = header
  const columns = files[kind] as Record<string, Column>
  const row: Row = { file, line: csv.line, status: 'active', fields: {}, extra: Object.create(null) }
  if (isUncertain(kind, header, csv, row, report)) return undefined
  const cells = toldCells(header, csv)
  const silent = slots.slice(cells.length).flatMap(({ field, extra }) => field ?? extra ?? [])
  for (const [index, slot] of slots.entries()) {
    const { field, extra } = slot
    const column = columns[field ?? '']
    const { text, isSilent } = readCell(cells[index] ?? '', column, row, slot.header, report)
    if (isSilent) silent.push(field ?? extra ?? '')
    if (!text) continue
    if (column && field) {
      const value = readField(column, slot, text, row, reader)
      if (value === undefined) return undefined
      if (value !== null) row.fields[field] = value
    } else if (extra) row.extra[extra] = text
  }
  if (silent.length) row.silent = silent
  if (row.fields.dateLastModified) row.extra.dateLastModified = row.fields.dateLastModified
  delete row.fields.dateLastModified
  row.status = readStatus(row, report)
  if (kind === 'enrollments') deleteNeverBegun(row, report)
  return kind !== 'academicSessions' || isSession(row, report) ? row : undefined
}
