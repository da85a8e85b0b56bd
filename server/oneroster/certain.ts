/** A row whose cells may stand in the wrong columns is rejected whole: nothing of it is certain. */
import type { CsvRow } from './csv.ts'
import type { Column, FileKind, Telling } from './files.ts'
import { files, tellings } from './files.ts'
import type { Header, Slot } from './header.ts'
import type { Report, RowPosition } from './report.ts'

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

function hasOtherWidth(
  kind: FileKind,
  { slots, hasSecret }: Header,
  { cells: row }: CsvRow,
  position: RowPosition,
  report: Report,
): boolean {
  const over = row.length - slots.length
  if (!over) return false
  const what = `has ${cells(Math.abs(over))} ${over > 0 ? 'more' : 'fewer'} than the header`
  const cut = slots.slice(row.length).find(({ field }) => field === 'status' || deciding[kind].includes(field ?? ''))
  const isFilled = row.slice(slots.length).some((cell) => cell === undefined || cell.trim())
  if (hasSecret) report.reject(position, `${what}, in a file with passwords: nothing of it is certain`)
  else if (isFilled) report.reject(position, `${what}: put a value with a comma into quotes`)
  else if (cut) report.reject(position, `${what}: it ends before it says its ${cut.header}`)
  else report.warn(position, over > 0 ? what : `${what}: what it has no cell for stays as it is`)
  return hasSecret || isFilled || cut !== undefined
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
    hasOtherWidth(kind, header, csv, position, report) ||
    isShifted(kind, header, csv, position, report)
  )
}
