import type { FileKind } from './files.ts'
import { columnsByHeader, isPasswordColumn } from './files.ts'
import type { Report } from './report.ts'
import { BundleError } from './report.ts'

/** A password column has neither. */
export interface Slot {
  field?: string
  extra?: string
  header: string
}

/** A column without a name is 'column 12'; a second 'role' is 'role (2)'. */
function freeName(header: string, index: number, used: Map<string, number>): string {
  if (!header) return `column ${index + 1}`
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
): Slot[] {
  const fieldOf = columnsByHeader(kind)
  const taken = new Set<string>()
  const used = new Map<string, number>()
  return cells.map((cell, index) => {
    const header = cell?.trim() ?? ''
    if (isPasswordColumn(header)) {
      report.note(`${file}: the column ${header} is not read: remove passwords from the roster`)
      return { header }
    }
    const field = fieldOf(header)
    const name = freeName(header, index, used)
    if (field && !taken.has(field)) {
      taken.add(field)
      return { header, field }
    }
    if (field) report.warn({ file, line: 1 }, 'is there twice; the first one counts', header)
    return { header: header || name, extra: name }
  })
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

/** Throws for another system's file of the same name, and for a file without its first line. */
export function refuseOtherFiles(kind: FileKind, file: string, columns: ReadonlySet<string>): void {
  const missing = needed[kind].filter((column) => !columns.has(column))
  if (!missing.length || (kind === 'demographics' && missing.length < 2)) return
  throw new BundleError(
    `${file} has no column ${missing[0]}: its first line must name the columns, as OneRoster and School Data Sync 2.1 call them`,
  )
}
