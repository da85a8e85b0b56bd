/** Links come from the agents of either user and from School Data Sync's relationships.csv. */
import type { Shelf } from '../../../db/scratch/shelf.ts'
import type { Comparison } from '../comparison/comparison.ts'
import type { PlannedSchool } from '../comparison/schools.ts'
import { roleSort } from '../read/roles.ts'
import type { Row } from '../read/row.ts'
import { readList } from '../read/values.ts'
import { isNow, rolesOf } from './held-roles.ts'
import { schoolsOfUser } from './placement.ts'

export interface GuardianLinks {
  /** The key is ['link', student, order, guardian], the value the guardian's role, if the row has one. */
  byStudent: Shelf<string | null>
  /** The key is [guardian, student]. */
  byGuardian: Shelf<null>
}

interface Mention {
  one: string
  other: string
  row: Row
  column: string
  /** Guardians are called in the order of the student's own list. */
  order: number
  role?: string | undefined
}

/** No list of agents is longer. */
const afterOwnLists = 1_000_000

function* mentions({ staged: { rows } }: Comparison): Generator<Mention> {
  for (const [one, row] of rows.users.entries()) {
    if (row.status === 'tobedeleted') continue
    for (const [order, other] of readList(row.fields.agentSourcedIds).entries())
      yield { one, other, row, column: 'agentSourcedIds', order }
  }
  for (const [, row] of rows.relationships.entries()) {
    const { userSourcedId: one, relationshipUserSourcedId: other, relationshipRole: role } = row.fields
    if (!one || !other || row.status === 'tobedeleted') continue
    yield { one, other, row, column: 'relationshipUserSourcedId', order: row.line, role }
  }
}

/** A merged student's record is the one that remains. Undefined for an archived one. */
export function openStudent(comparison: Comparison, school: PlannedSchool, student: string): string | undefined {
  const id = comparison.idOf('student', school, student)
  const row = id === undefined ? undefined : comparison.row('student', school, id)
  return row?.archivedAt ? undefined : row?.id
}

/** The user's own row names the schools, or the register does. */
export const schoolsOfStudent = (comparison: Comparison, user: string): PlannedSchool[] =>
  comparison.schoolsWith('student', user, schoolsOfUser(comparison, user))

const isStudent = (comparison: Comparison, user: string): boolean =>
  schoolsOfStudent(comparison, user).some((school) => openStudent(comparison, school, user) !== undefined)

export function isGuardian(comparison: Comparison, user: string): boolean {
  const row = comparison.staged.rows.users.get(user)
  return (
    Boolean(row && rolesOf(comparison, user, row).some((role) => isNow(role) && role.sort === 'relative')) ||
    comparison.schoolsWith('guardian', user).length > 0
  )
}

function pairOf(comparison: Comparison, { one, other, role }: Mention) {
  if (role !== undefined && roleSort(role) !== 'relative') return undefined
  if (isStudent(comparison, one) && isGuardian(comparison, other)) return { student: one, guardian: other }
  return isStudent(comparison, other) && isGuardian(comparison, one) ? { student: other, guardian: one } : undefined
}

const isKnown = (comparison: Comparison, user: string): boolean =>
  comparison.staged.rows.users.has(user) ||
  (['student', 'guardian', 'instructor'] as const).some((entity) => comparison.has(entity, user))

/** The record of a deleted id may go on under another. */
const isLeaving = ({ staged, known, orgs }: Comparison, user: string) =>
  staged.rows.users.get(user)?.status === 'tobedeleted' &&
  !orgs.schools.some(({ key }) => known.merged.has([key, user]))

/** Must run after the students are compared. Reports users named with themselves or with nobody. */
export function gatherLinks(comparison: Comparison): GuardianLinks {
  const { report, staged } = comparison
  const links: GuardianLinks = { byStudent: staged.scratch.shelf(), byGuardian: staged.scratch.shelf() }
  let others = 0
  for (const mention of mentions(comparison)) {
    const { one, other, row, column } = mention
    if (isLeaving(comparison, one) || isLeaving(comparison, other)) continue
    const unknown = [one, other].find((user) => !isKnown(comparison, user))
    const pair = unknown === undefined && one !== other ? pairOf(comparison, mention) : undefined
    if (one === other) report.warn(row, `${one} is named as an agent of the same user: left out`, column)
    else if (unknown !== undefined)
      report.warn(
        row,
        `there is no user ${unknown}, neither in users.csv nor in the school's register: not linked`,
        column,
      )
    else if (pair) {
      const order = pair.student === one ? mention.order : afterOwnLists + row.line
      const position = String(order).padStart(12, '0')
      links.byStudent.add(['link', pair.student, position, pair.guardian], mention.role ?? null)
      links.byGuardian.add([pair.guardian, pair.student], null)
    } else others++
  }
  if (others) report.note(`Agents who are no guardian of a student here were left out: ${others}`)
  return links
}
