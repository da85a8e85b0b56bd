/** A row leaves or changes; those that the register shows with it stay. */
import type { FoldedRow } from '../records/folded-rows.ts'
import { withoutFolded } from '../records/folded-rows.ts'
import type { Comparison } from './comparison.ts'
import type { Stored } from './known.ts'
import { foldedOf } from './known.ts'
import type { Member, MemberEntity, Members } from './member.ts'
import { personField } from './member.ts'
import type { Row } from './row.ts'
import type { PlannedSchool } from './schools.ts'

function keptMember({ sourcedId, beginDate, endDate, status, role, isPrimary }: FoldedRow, holder: Stored): Member {
  const { role: _, status: __, ...extra } = withoutFolded(holder.extra ?? {})
  const row: Row = {
    // The rows of the bundle come first.
    ...{ file: 'enrollments.csv', line: Number.MAX_SAFE_INTEGER, extra },
    status: status === 'inactive' || holder.status === 'withdrawn' ? 'inactive' : 'active',
    fields: role ? { role } : {},
  }
  return { sourcedId, row, isPrimary: isPrimary ?? false, isGone: false, isKept: true, beginDate, endDate }
}

const groupOf = (school: PlannedSchool, entity: MemberEntity, holder: Stored) => [
  ...[school.key, String(holder.classId), entity, String(holder[personField[entity]])],
]

/** Returns the record that shows the row together with others. */
export function keepOthers(
  comparison: Comparison,
  members: Members,
  entity: MemberEntity,
  school: PlannedSchool,
  sourcedId: string,
): Stored | undefined {
  const id = comparison.known.folded.get([entity, sourcedId, school.key])
  const holder = id === undefined ? undefined : comparison.row(entity, school, id)
  const rows = holder ? foldedOf(holder) : []
  if (!holder || !rows.some((row) => row.sourcedId === sourcedId)) return undefined
  for (const row of rows)
    if (!comparison.staged.rows.enrollments.has(row.sourcedId))
      members.put([...groupOf(school, entity, holder), row.sourcedId], keptMember(row, holder))
  return holder
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
    const days = { beginDate: null, endDate: null }
    const gone: Member = { sourcedId, row, isPrimary: false, isGone: true, isKept: false, ...days }
    if (holder) members.put([...groupOf(school, entity, holder), sourcedId], gone)
    isKnown = Boolean(holder) || comparison.archive(entity, school, sourcedId) || isKnown
  }
  return isKnown
}
