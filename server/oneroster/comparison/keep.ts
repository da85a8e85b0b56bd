import { isFolded } from '../../records/folded-rows.ts'
import type { FileKind } from '../read/files.ts'
import type { Row } from '../read/row.ts'
import type { Staged } from '../read/stage.ts'
import { withoutZeros } from '../read/stage.ts'
import type { Comparison } from './comparison.ts'
import type { Entity } from './known.ts'
import { ownId } from './known.ts'
import type { PlannedSchool } from './schools.ts'

export function extraOf({ extra, status }: Row, kept: Record<string, string | undefined> = {}, hasStatus = false) {
  const held = Object.entries(kept).filter(([, value]) => value !== undefined) as [string, string][]
  return { ...extra, ...Object.fromEntries(held), ...(status === 'inactive' && !hasStatus && { status }) }
}

/** Names of our own are always in the file. Older imports kept cells beyond the header as 'column 12'. */
export const hasColumnIn =
  ({ headers }: Staged, { silent }: Row, ...kinds: FileKind[]) =>
  (name: string): boolean =>
    isFolded({ [name]: name }) ||
    /^column \d+$/.test(name) ||
    (!silent?.includes(name) && kinds.some((kind) => headers[kind].has(name)))

/** A value without a column in the file is left out, so that the record keeps its own. */
export function inFile<T>(
  columns: ReadonlySet<string>,
  values: Record<string, [column: string, value: T]>,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([field, [column, value]]) => (columns.has(column) ? [[field, value]] : [])),
  )
}

interface Claim {
  entity: 'student' | 'course'
  file: 'users' | 'courses'
  column: 'identifier' | 'courseCode'
  field: 'number' | 'code'
}
export const studentNumber: Claim = { entity: 'student', file: 'users', column: 'identifier', field: 'number' }
export const courseCode: Claim = { entity: 'course', file: 'courses', column: 'courseCode', field: 'code' }

/** A spreadsheet takes the zeros of a number away, and the one with them is the one on all papers. */
function withItsZeros(comparison: Comparison, claim: Claim, school: PlannedSchool, row: Row, id?: string) {
  const before = id === undefined ? undefined : comparison.row(claim.entity, school, id)?.[claim.field]
  const wanted = row.fields[claim.column]
  if (typeof before !== 'string' || before === wanted || !/^0\d+$/.test(before) || withoutZeros(before) !== wanted)
    return undefined
  comparison.report.warn(
    row,
    `${wanted} is the register's ${before} without its zeros: did a spreadsheet take them away? It stays ${before}`,
    claim.column,
  )
  return before
}

/** Null when another record of the school has it. The first row keeps it, unless a record outside the bundle does. */
export function claimed(
  comparison: Comparison,
  claim: Claim,
  school: PlannedSchool,
  sourcedId: string,
  row: Row,
): string | null {
  const { known, staged, report } = comparison
  const wanted = row.fields[claim.column]
  if (wanted === undefined) return null
  // The person does not learn which record holds it in a school that is not theirs.
  if (school.isOutside) return wanted
  const own = comparison.idOf(claim.entity, school, sourcedId)
  const kept = withItsZeros(comparison, claim, school, row, own)
  if (kept !== undefined) return kept
  const id = known.names.get([claim.entity, school.key, wanted])
  const holder = id === undefined ? undefined : comparison.row(claim.entity, school, id)
  const isOwn = holder?.id === own
  if (!holder || isOwn || holder[claim.field] !== wanted || holder.archivedAt) return wanted
  const other = staged.rows[claim.file].get(ownId(holder))
  const givesWay =
    other && (other.status === 'tobedeleted' || other.fields[claim.column] !== wanted || other.line > row.line)
  if (givesWay) return wanted
  report.warn(
    row,
    `${wanted} is taken by ${holder.sourcedId ?? 'a record made by hand'}: kept, but not as its ${claim.field}`,
    claim.column,
  )
  return null
}

const fileOf: Partial<Record<Entity, FileKind>> = {
  class: 'classes',
  course: 'courses',
  student: 'users',
  instructor: 'users',
  guardian: 'users',
}

export function archiveEverywhere(
  comparison: Comparison,
  entity: Entity,
  sourcedId: string,
  named?: ReadonlySet<PlannedSchool>,
): boolean {
  let known = false
  const file = fileOf[entity]
  for (const school of comparison.schoolsWith(entity, sourcedId, named)) {
    known = comparison.archive(entity, school, sourcedId) || known
    if (file) comparison.counts.add(school, file, { status: 'tobedeleted' })
  }
  return known
}
