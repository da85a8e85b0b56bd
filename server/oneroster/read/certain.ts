/** A row whose cells may stand in the wrong columns is rejected whole: nothing of it is certain. */
import { gradeLevels } from '../../../db/values.ts'
import type { Report, RowPosition } from '../report.ts'
import type { CsvRow } from './csv.ts'
import { readingOf } from './dates.ts'
import type { Column, FileKind, Telling } from './files.ts'
import { files, tellings } from './files.ts'
import type { Header, Slot } from './header.ts'
import { roleSort } from './roles.ts'
import { isRowStatus } from './status.ts'
import { dayText, isFalse, isTrue, readGrade } from './values.ts'

/** A row that lacks one of these does not say what it is about, or whom it reaches. */
const deciding: Record<FileKind, readonly string[]> = {
  orgs: ['sourcedId', 'name', 'type', 'parentSourcedId'],
  academicSessions: ['sourcedId', 'startDate', 'endDate'],
  courses: ['sourcedId', 'orgSourcedId'],
  classes: ['sourcedId', 'courseSourcedId', 'schoolSourcedId'],
  users: ['sourcedId', 'role', 'orgSourcedIds'],
  roles: ['userSourcedId', 'orgSourcedId', 'role'],
  enrollments: ['sourcedId', 'classSourcedId', 'schoolSourcedId', 'userSourcedId', 'role', 'primary'],
  relationships: ['userSourcedId', 'relationshipUserSourcedId', 'relationshipRole'],
  demographics: ['sourcedId', 'userSourcedId'],
}

const cells = (count: number) => `${count} ${count === 1 ? 'cell' : 'cells'}`

function isSwallowing(slots: readonly Slot[], { swallowing }: CsvRow, { file }: RowPosition, report: Report): boolean {
  if (!swallowing) return false
  const { index, line, breaks } = swallowing
  report.reject(
    { file, line },
    `a quote opens here that closes ${breaks} ${breaks === 1 ? 'line' : 'lines'} below, with whole rows in between: remove it`,
    slots[index]?.header,
  )
  return true
}

const shapes: Record<Telling, { is: RegExp; called: string }> = {
  email: { is: /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/, called: 'an e-mail address' },
  date: { is: /^(\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?|\d{1,2}[/.]\d{1,2}[/.]\d{4})$/, called: 'a date' },
  boolean: { is: /^(true|false)$/i, called: 'true or false' },
}

function tellingIn(text: string, column: Column): Telling | undefined {
  return tellings.find((telling) => {
    if (column.may?.includes(telling) || !shapes[telling].is.test(text)) return false
    return telling !== 'boolean' || !column.isName || text === text.toLowerCase()
  })
}

/** What `cells` say; of the empty ones at the end of a shorter row, nobody knows to which columns they belong. */
export function toldCells({ slots }: Header, { cells, isUsual }: CsvRow): CsvRow['cells'] {
  return isUsual || cells.length >= slots.length ? cells : cells.slice(0, lastFilled(cells) + 1)
}
const lastFilled = (cells: CsvRow['cells']) => cells.findLastIndex((cell) => cell?.trim())

const words: Record<string, (text: string) => boolean> = {
  role: (text) => roleSort(text) !== 'unknown',
  grades: (text) => (gradeLevels as readonly string[]).includes(readGrade(text)),
}

/** The last value belongs to its column, and to none from which a cell too few or too many would have moved it. */
function tellsItsPlace(kind: FileKind, { slots }: Header, { cells }: CsvRow): boolean {
  const at = lastFilled(cells)
  const text = cells[at]?.trim() ?? ''
  const columnAt = (index: number) => (files[kind] as Record<string, Column>)[slots[index]?.field ?? '']
  const over = cells.length - slots.length
  const near = slots.flatMap((_, index) => {
    const moved = over < 0 ? index - at : at - index
    return moved > 0 && moved <= Math.abs(over) ? [columnAt(index)] : []
  })
  if (!near.length || words[slots[at]?.field ?? '']?.(text)) return near.every(Boolean)
  const telling = tellings.find((one) => shapes[one].is.test(text) && columnAt(at)?.may?.includes(one))
  return telling !== undefined && near.every((column) => column && !column.may?.includes(telling))
}

function hasOtherWidth(kind: FileKind, header: Header, csv: CsvRow, position: RowPosition, report: Report): boolean {
  const { slots, hasSecret } = header
  const { cells: row } = csv
  const over = row.length - slots.length
  if (!over) return false
  const what = `has ${cells(Math.abs(over))} ${over > 0 ? 'more' : 'fewer'} than the header`
  const told = toldCells(header, csv)
  const cut = slots.slice(told.length).find(({ field }) => field === 'status' || deciding[kind].includes(field ?? ''))
  const isFilled = row.slice(slots.length).some((cell) => cell === undefined || cell.trim())
  const isVague = !csv.isUsual && !tellsItsPlace(kind, header, csv)
  if (hasSecret) report.reject(position, `${what}, in a file with passwords: nothing of it is certain`)
  else if (isFilled) report.reject(position, `${what}: put a value with a comma into quotes`)
  else if (cut) report.reject(position, `${what}: it ends before it says its ${cut.header}`)
  else if (isVague)
    report.reject(position, `${what}, and none tells ${over > 0 ? 'which is too many' : 'which is missing'}`)
  else report.warn(position, over > 0 ? what : `${what}: what it has no cell for stays as it is`)
  return hasSecret || isFilled || cut !== undefined || isVague
}

/** Here a quote is part of no value. */
const isCode = (field = '') => /^(sourcedId|.+SourcedIds?|.+Date|status|type|role|primary|enabledUser)$/.test(field)

/** Where quotes do not enclose a cell, the parser leaves them in it. */
function hasStrayQuote({ slots }: Header, { cells }: CsvRow, position: RowPosition, report: Report): boolean {
  const at = cells.findIndex((cell = '', index) => {
    const isStray = cell.includes('"') && !/^=?\s*"[^"]*"$/.test(cell.trim())
    return isStray && (isCode(slots[index]?.field) || /^"(.*"[,;\t]|.*[,;\t]")/.test(cell))
  })
  if (at < 0) return false
  report.reject(
    position,
    'holds a quote that does not belong there: cells of this row may stand in wrong columns',
    slots[at]?.header,
  )
  return true
}

const saysNone = /^\W*(n\W?a|no|none|null|nil|unknown)?\W*$/i

/** Where another cell holds an address, or may be a password, what stands under e-mail belongs elsewhere. */
function hasOtherEmail(
  { slots, hasSecret }: Header,
  { cells }: CsvRow,
  position: RowPosition,
  report: Report,
): boolean {
  const isAddress = (index: number) => shapes.email.is.test(cells[index]?.trim() ?? '')
  const at = slots.findIndex(({ field }) => field === 'email')
  if (at < 0 || isAddress(at) || saysNone.test(cells[at] ?? '')) return false
  // Columns that are kept as they came, and ids, may hold addresses of their own.
  const isOther = slots.some(({ field = '', extra }, n) => !extra && !/sourcedIds?$/i.test(field) && isAddress(n))
  if (!isOther && !hasSecret) return false
  const why = isOther ? ', and another cell of the row does' : ', in a file with passwords: nothing of it is certain'
  report.reject(position, `holds no e-mail address${why}`, slots[at]?.header)
  return true
}

const saysDay = (text: string) => Object.keys(readingOf(dayText(text))).length > 0
const saysTruth = (text: string) => isTrue(text) || isFalse(text)
/** What a cell holds that is not empty. These columns keep another value as it came, and it may be a password. */
const typed: Record<string, { holds: (text: string) => boolean; called: string }> = {
  status: { holds: (text) => isRowStatus(text.toLowerCase()), called: 'no status' },
  dateLastModified: { holds: saysDay, called: 'no date' },
  enabledUser: { holds: saysTruth, called: 'neither true nor false' },
  primary: { holds: saysTruth, called: 'neither true nor false' },
}

function hasOtherType({ slots, hasSecret }: Header, { cells }: CsvRow, position: RowPosition, report: Report): boolean {
  if (!hasSecret) return false
  const other = slots.find(({ field = '' }, index) => {
    const text = cells[index]?.trim()
    return text && typed[field] && !saysNone.test(text) && !typed[field].holds(text)
  })
  if (!other?.field) return false
  const called = typed[other.field]?.called
  report.reject(position, `holds ${called}, in a file with passwords: nothing of it is certain`, other.header)
  return true
}

function isShifted(kind: FileKind, { slots }: Header, { cells }: CsvRow, position: RowPosition, report: Report) {
  const columns = files[kind] as Record<string, Column>
  const at = slots.findIndex(({ field }) => field === 'email')
  const hasAddress = shapes.email.is.test(cells[at]?.trim() ?? '')
  for (const [index, { field, header }] of slots.entries()) {
    const column = columns[field ?? '']
    const telling = column && tellingIn(cells[index]?.trim() ?? '', column)
    // Some networks take text messages at an address.
    if (!telling || (telling === 'email' && field === 'sms' && hasAddress)) continue
    report.reject(position, `holds ${shapes[telling].called}: the cells of this row stand in wrong columns`, header)
    return true
  }
  return false
}

export function isUncertain(
  kind: FileKind,
  header: Header,
  csv: CsvRow,
  position: RowPosition,
  report: Report,
): boolean {
  const { slots } = header
  const unread = csv.cells.indexOf(undefined)
  if (unread >= 0) {
    const column = slots[unread]?.header ?? `column ${unread + 1}`
    report.reject(position, 'holds bytes that are not UTF-8: save the file again as "CSV UTF-8"', column)
    return true
  }
  return (
    isSwallowing(slots, csv, position, report) ||
    hasStrayQuote(header, csv, position, report) ||
    hasOtherWidth(kind, header, csv, position, report) ||
    isShifted(kind, header, csv, position, report) ||
    hasOtherEmail(header, csv, position, report) ||
    hasOtherType(header, csv, position, report)
  )
}
