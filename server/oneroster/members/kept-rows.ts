/** When an enrollment row leaves or changes, the other rows of its record stay. */
import type { DayRange } from '../../calendar.ts'
import type { FoldedRow } from '../../records/folded-rows.ts'
import { withoutFolded } from '../../records/folded-rows.ts'
import type { Comparison } from '../comparison/comparison.ts'
import type { Stored } from '../comparison/known.ts'
import { foldedOf } from '../comparison/known.ts'
import type { PlannedSchool } from '../comparison/schools.ts'
import type { Row } from '../read/row.ts'
import type { Member, MemberEntity, Members } from './member.ts'
import { personField } from './member.ts'

function keptMember({ sourcedId, beginDate, endDate, status, role, isPrimary }: FoldedRow, holder: Stored): Member {
  const { role: _, status: __, ...extra } = withoutFolded(holder.extra ?? {})
  const row: Row = {
    // The rows of the bundle come first.
    ...{ file: 'enrollments.csv', line: Number.MAX_SAFE_INTEGER, extra },
    status: status === 'inactive' || holder.status === 'withdrawn' ? 'inactive' : 'active',
    fields: role ? { role } : {},
  }
  return {
    sourcedId,
    row,
    isPrimary: isPrimary ?? false,
    isGone: false,
    isMoved: false,
    isKept: true,
    beginDate,
    endDate,
  }
}

/** The rows of which the register's record is made, or its own. */
export function keptMembers(holder: Stored): Member[] {
  const { sourcedId, beginDate, endDate, isPrimary, extra } = holder as Stored & DayRange & { isPrimary?: boolean }
  const own = { sourcedId: sourcedId ?? holder.id, beginDate, endDate }
  const single: FoldedRow = { ...own, ...(extra?.role && { role: extra.role }), ...(isPrimary && { isPrimary }) }
  const folded = foldedOf(holder)
  return (folded.length ? folded : [single]).map((row) => keptMember(row, holder))
}

const groupOf = (school: PlannedSchool, entity: MemberEntity, holder: Stored) => [
  ...[school.key, String(holder.classId), entity, String(holder[personField[entity]])],
]

export function keepOthers(
  comparison: Comparison,
  members: Members,
  entity: MemberEntity,
  school: PlannedSchool,
  sourcedId: string,
): Stored | undefined {
  const id = comparison.known.folded.get(entity, sourcedId, school.key)
  const holder = id === undefined ? undefined : comparison.row(entity, school, id)
  const rows = holder ? foldedOf(holder) : []
  if (!holder || !rows.some((row) => row.sourcedId === sourcedId)) return undefined
  for (const row of rows)
    if (!comparison.staged.rows.enrollments.has(row.sourcedId))
      members.put([...groupOf(school, entity, holder), row.sourcedId], keptMember(row, holder))
  return holder
}

const goneMember = (sourcedId: string, row: Row): Member => ({
  ...{ sourcedId, row, isPrimary: false, isGone: true, isMoved: row.status !== 'tobedeleted', isKept: false },
  ...{ beginDate: null, endDate: null },
})

/** In its new class another record may show the row, so its own record is compared in the class before too. */
export function leaveBefore(
  comparison: Comparison,
  members: Members,
  entity: MemberEntity,
  school: PlannedSchool,
  sourcedId: string,
  { row, group }: { row: Row; group: readonly string[] },
): void {
  const id = comparison.idOf(entity, school, sourcedId)
  const record = id === undefined ? undefined : comparison.row(entity, school, id)
  if (!record || record.archivedAt) return
  const before = groupOf(school, entity, record)
  if (before.some((part, n) => part !== group[n])) members.put([...before, sourcedId], goneMember(sourcedId, row))
}

/** Archives the row's record, unless it shows others too. Returns false when the register does not have the row. */
export function leave(
  comparison: Comparison,
  members: Members,
  entity: MemberEntity,
  schools: readonly PlannedSchool[],
  sourcedId: string,
  row: Row,
): boolean {
  let isKnown = false
  for (const school of schools) {
    const holder = keepOthers(comparison, members, entity, school, sourcedId)
    if (holder) members.put([...groupOf(school, entity, holder), sourcedId], goneMember(sourcedId, row))
    isKnown = Boolean(holder) || comparison.archive(entity, school, sourcedId) || isKnown
  }
  return isKnown
}
