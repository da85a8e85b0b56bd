import type { DayRange } from '../../calendar.ts'
import { overlap } from '../../calendar.ts'
import type { Comparison } from '../comparison/comparison.ts'
import type { PlannedSchool } from '../comparison/schools.ts'
import type { Member, Members } from './member.ts'
import type { Folded } from './ranges.ts'
import { fold } from './ranges.ts'

interface Claim extends DayRange {
  instructorId: string
  lead: Member
  marked: Member[]
}

const byLine = (a: Member, b: Member) => a.row.line - b.row.line

/** Rows of one instructor that overlap are one range in the register, and so is their mark. */
function claimsOf(members: Members, school: PlannedSchool, classId: string): Claim[] {
  const byInstructor = new Map<string, Member[]>()
  for (const [[instructorId = ''], member] of members.under([school.key, classId, 'classInstructor'])) {
    if (member.isGone) continue
    const own = byInstructor.get(instructorId) ?? []
    byInstructor.set(instructorId, own)
    own.push(member)
  }
  const claimOf = (instructorId: string, range: Folded<Member>): Claim[] => {
    const marked = range.members.filter(({ isPrimary }) => isPrimary).toSorted(byLine)
    const { beginDate, endDate } = range
    return marked[0] ? [{ instructorId, lead: marked[0], marked, beginDate, endDate }] : []
  }
  return [...byInstructor]
    .flatMap(([instructorId, own]) => fold(own).flatMap((range) => claimOf(instructorId, range)))
    .toSorted((a, b) => byLine(a.lead, b.lead))
}

/** A row of the bundle gets its own mark later. */
function takeMarks(comparison: Comparison, school: PlannedSchool, classId: string, claims: readonly Claim[]): void {
  for (const [[, id = '']] of [...comparison.known.members.under(['classInstructor', school.key, classId])]) {
    const row = comparison.row('classInstructor', school, id)
    if (row?.classId !== classId || !row.isPrimary || row.archivedAt) continue
    if (claims.some((claim) => overlap(claim, row as DayRange & typeof row)))
      comparison.settle('classInstructor', school, id, { archived: false, fields: { isPrimary: false } })
  }
}

/** The sourcedIds of the rows whose mark counts: of two on one day the first, before the register's own. */
export function primariesOf(
  comparison: Comparison,
  school: PlannedSchool,
  classId: string,
  members: Members,
): ReadonlySet<string> | undefined {
  if (!comparison.staged.columns.enrollments.has('primary')) return undefined
  const accepted: Claim[] = []
  for (const claim of claimsOf(members, school, classId)) {
    const rival = accepted.find((one) => one.instructorId !== claim.instructorId && overlap(one, claim))
    if (!rival) accepted.push(claim)
    else if (!claim.lead.isKept)
      comparison.report.warn(
        claim.lead.row,
        `is a second primary instructor on the same days, after line ${rival.lead.row.line}: stored as not primary`,
        'primary',
      )
  }
  takeMarks(comparison, school, classId, accepted)
  return new Set(accepted.flatMap(({ marked }) => marked.map(({ sourcedId }) => sourcedId)))
}
