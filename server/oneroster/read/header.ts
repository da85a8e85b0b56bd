import { isFolded } from '../../records/folded-rows.ts'
import type { Report } from '../report.ts'
import { BundleError } from '../report.ts'
import type { CsvRow } from './csv.ts'
import type { FileKind } from './files.ts'
import { columnsByHeader, fileKinds } from './files.ts'
import { isSecretColumn } from './secrets.ts'

/** A column of passwords has neither, nor has one without a name, nor one with a name of our own. */
export interface Slot {
  field?: string
  extra?: string
  header: string
}

export interface Header {
  slots: Slot[]
  /** Where a cell is missing or too many, a password may stand under another name. */
  hasSecret: boolean
}

/** A second 'role' is 'role (2)'. */
function freeName(header: string, used: Map<string, number>): string {
  const times = (used.get(header) ?? 0) + 1
  used.set(header, times)
  return times > 1 ? `${header} (${times})` : header
}

/** A column that is there twice counts once; the second is kept in `extra`. */
export function readHeader(
  kind: FileKind,
  file: string,
  cells: readonly (string | undefined)[],
  report: Report,
): Header {
  const fieldOf = columnsByHeader(kind)
  const taken = new Set<string>()
  const used = new Map<string, number>()
  const headers = cells.map((cell) => cell?.trim() ?? '')
  const secret = headers.filter((_, index) => isSecretColumn(headers, index))
  for (const header of secret)
    report.note(`${file}: the column ${header} is not read: remove passwords from the roster`)
  const nameless = headers.flatMap((header, index) => (header ? [] : [index + 1]))
  if (nameless.length) report.note(`${file}: columns without a name are not read: ${nameless.join(', ')}`)
  const ours = headers.filter((header) => isFolded({ [header]: header }))
  for (const header of ours)
    report.note(`${file}: the column ${header} is not read: the register keeps something else by that name`)
  const slots = headers.map((header, index): Slot => {
    if (ours.includes(header)) return { header }
    if (!header) return { header: `column ${index + 1}` }
    if (isSecretColumn(headers, index)) return { header }
    const field = fieldOf(header)
    const name = freeName(header, used)
    if (field && !taken.has(field)) {
      taken.add(field)
      return { header, field }
    }
    if (field) report.warn({ file, line: 1 }, 'is there twice; the first one counts', header)
    return { header, extra: name }
  })
  return { slots, hasSecret: secret.length > 0 }
}

/** Rows need these columns to be distinguished. School Data Sync has no ids for roles and enrollments. */
const needed: Record<FileKind, readonly string[]> = {
  orgs: ['sourcedId'],
  academicSessions: ['sourcedId'],
  courses: ['sourcedId'],
  classes: ['sourcedId'],
  users: ['sourcedId'],
  roles: ['userSourcedId'],
  enrollments: ['classSourcedId', 'userSourcedId'],
  relationships: ['userSourcedId', 'relationshipUserSourcedId'],
  demographics: ['sourcedId', 'userSourcedId'],
}

const knownTo = (kind: FileKind, headers: ReadonlySet<string>) => [...headers].filter(columnsByHeader(kind)).length

/** Where no column but the id is needed, the others tell one file from another. */
function otherKind(kind: FileKind, headers: ReadonlySet<string>): FileKind | undefined {
  const own = knownTo(kind, headers)
  return needed[kind].join() === 'sourcedId' ? fileKinds.find((other) => knownTo(other, headers) > own) : undefined
}

/** Throws for another file under this name, and for a file without its first line. */
export function refuseOtherFiles(
  kind: FileKind,
  file: string,
  columns: ReadonlySet<string>,
  headers: ReadonlySet<string>,
): void {
  const missing = needed[kind].filter((column) => !columns.has(column))
  const other = otherKind(kind, headers)
  if (other) throw new BundleError(`${file} has the columns of ${other}.csv: give each file of the bundle its own name`)
  if (!missing.length || (kind === 'demographics' && missing.length < 2)) return
  throw new BundleError(
    `${file} has no column ${missing[0]}: its first line must name the columns, as OneRoster and School Data Sync 2.1 call them`,
  )
}

/** Files that were put one after the other have their first lines in between. Throws where those differ. */
export function isHeaderAgain({ slots }: Header, { line, cells }: CsvRow, file: string, report: Report): boolean {
  const names = slots.map(({ header }) => header)
  const texts = cells.map((cell) => cell?.trim() ?? '')
  if (texts.length < 2 || !texts.every((text) => text && names.includes(text))) return false
  if (texts.join('\0') !== names.join('\0'))
    throw new BundleError(
      `${file} names other columns on line ${line} than on its first line: bring each part in by itself`,
    )
  report.warn({ file, line }, 'is the first line again: left out')
  return true
}
