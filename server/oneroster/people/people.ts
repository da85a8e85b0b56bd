import { setImmediate as breathe } from 'node:timers/promises'
import { sexIn } from '../../../db/values.ts'
import type { Comparison } from '../comparison/comparison.ts'
import { archiveEverywhere, claimed, extraOf, inFile, studentNumber } from '../comparison/keep.ts'
import type { PlannedSchool } from '../comparison/schools.ts'
import { roleSort } from '../read/roles.ts'
import type { Row } from '../read/row.ts'
import type { Progress } from '../read/stage.ts'
import { columnsOf } from '../read/stage.ts'
import { readGrade, readList } from '../read/values.ts'
import { statusByDays } from './days-at-school.ts'
import type { RoleAt } from './held-roles.ts'
import { isNow } from './held-roles.ts'
import { keptRoles } from './kept-roles.ts'
import type { PersonEntity, Placements } from './placement.ts'
import { placementKey, placementsOf } from './placement.ts'
import type { User } from './user.ts'
import { hasColumnOf, hasShiftedAddress, readUser, sharedExtra, sharedFields, statusOf, warnOfUser } from './user.ts'

function compareStudent(comparison: Comparison, school: PlannedSchool, user: User): void {
  if (comparison.isMerged('student', school, user.sourcedId)) return
  const columns = columnsOf(comparison.staged, 'users', user.row)
  const { identifier, grades, role } = user.row.fields
  const number =
    user.row.status === 'tobedeleted' ? null : claimed(comparison, studentNumber, school, user.sourcedId, user.row)
  const ofRole = user.roles.find((role) => isNow(role) && role.org === school.sourcedId && role.row.fields.grade)?.row
    .fields.grade
  const listed = readList(grades)
  const grade = readGrade(listed[0] ?? ofRole ?? '', school.existing?.gradeLevels)
  const isStorable = grade.length <= 50
  const { birthDate, sex = '' } = user.demographics?.fields ?? {}
  const isStudent = role === undefined || roleSort(role) === 'student'
  const existing = comparison.idOf('student', school, user.sourcedId)
  comparison.settle('student', school, existing, {
    archived: user.row.status === 'tobedeleted',
    hasColumn: hasColumnOf(comparison, user),
    fields: {
      ...sharedFields(comparison, user, existing),
      ...statusByDays(comparison, school, existing, user),
      ...inFile<unknown>(columns, { number: ['identifier', number] }),
      ...(columns.has('grades') || ofRole ? { gradeLevel: (isStorable && grade) || null } : {}),
      ...(user.demographics &&
        inFile<unknown>(columnsOf(comparison.staged, 'demographics', user.demographics), {
          birthDate: ['birthDate', birthDate ?? null],
          sex: ['sex', sexIn(sex) ?? null],
        })),
      extra: {
        ...user.demographics?.extra,
        ...extraOf(
          user.row,
          {
            ...sharedExtra(user),
            identifier: number === null ? identifier : undefined,
            grades: listed.length > 1 || !isStorable ? grades : undefined,
            role: isStudent ? undefined : role,
            sex: sex && !sexIn(sex) ? sex : undefined,
            roles: keptRoles(user.roles, school),
          },
          true,
        ),
      },
    },
  })
}

function compareInstructor(comparison: Comparison, school: PlannedSchool, user: User): void {
  const { identifier, grades, role } = user.row.fields
  const { birthDate, sex } = user.demographics?.fields ?? {}
  const existing = comparison.idOf('instructor', school, user.sourcedId)
  comparison.settle('instructor', school, existing, {
    archived: user.row.status === 'tobedeleted',
    hasColumn: hasColumnOf(comparison, user),
    fields: {
      ...sharedFields(comparison, user, existing),
      ...statusOf(comparison, user),
      extra: {
        ...user.demographics?.extra,
        ...extraOf(
          user.row,
          { ...sharedExtra(user), identifier, grades, role, birthDate, sex, roles: keptRoles(user.roles, school) },
          true,
        ),
      },
    },
  })
}

const people = ['student', 'instructor'] as const satisfies PersonEntity[]
const compareAs: Record<PersonEntity, typeof compareStudent> = {
  student: compareStudent,
  instructor: compareInstructor,
}

type Left = 'nowhere' | 'others' | 'untimely'

function tellRoles({ roleFindings }: Comparison, roles: readonly RoleAt[]): void {
  for (const { row, role, sort, when } of roles) {
    if (when === 'now' && sort === 'unknown') roleFindings.unknown(row, role)
    if (when === 'later' && row.fields.beginDate) roleFindings.later(row.fields.beginDate)
  }
}

/** Returns undefined for a guardian, who comes in with her students, and where the rows of roles are told. */
function reasonLeft(comparison: Comparison, sourcedId: string, roles: readonly RoleAt[]): Left | undefined {
  const { orgs, report } = comparison
  const held = roles.filter(isNow)
  const has = (one: RoleAt['sort']) => held.some(({ sort }) => sort === one)
  const atDistrict = held.find(({ sort, org }) => sort === 'student' && org && orgs.below(org).length)
  if (atDistrict) {
    report.warn(
      atDistrict.row,
      'makes somebody a student of a district and of no school: left out until a row names the school or a class',
    )
    return undefined
  }
  if (has('student') || has('instructor')) return 'nowhere'
  if (has('relative') || comparison.schoolsWith('guardian', sourcedId).length) return undefined
  if (has('unknown')) return undefined
  if (held.length) return 'others'
  return roles.length ? 'untimely' : 'nowhere'
}

function countRows({ counts, staged: { rows } }: Comparison, school: PlannedSchool, user: User): void {
  counts.add(school, 'users', user.row)
  if (user.demographics) counts.add(school, 'demographics', user.demographics)
  for (const [, role] of rows.roles.under(user.sourcedId)) counts.add(school, 'roles', role)
}

function compareUser(comparison: Comparison, placements: Placements, sourcedId: string, row: Row): Left | undefined {
  const { keys, roles, named } = placementsOf(comparison, placements, sourcedId, row)
  const isDeleted = row.status === 'tobedeleted'
  if (isDeleted) {
    const students = archiveEverywhere(comparison, 'student', sourcedId, named)
    if (archiveEverywhere(comparison, 'instructor', sourcedId, named) || students) return undefined
  }
  if (!isDeleted) tellRoles(comparison, roles)
  const isUnclear = !named.size && (isDeleted || !keys.size)
  if (isUnclear && people.some((entity) => comparison.isAmbiguous(entity, sourcedId, row))) return undefined
  if (!keys.size) return isDeleted ? undefined : reasonLeft(comparison, sourcedId, roles)
  const user = readUser(comparison, sourcedId, row)
  if (hasShiftedAddress(comparison, user)) return undefined
  warnOfUser(comparison, user)
  for (const school of comparison.orgs.schools) {
    const as = people.filter((entity) => keys.has(placementKey(school.key, entity)))
    for (const entity of as) compareAs[entity](comparison, school, user)
    if (as.length) countRows(comparison, school, user)
  }
  return undefined
}

/** A user may be a student in one school and an instructor in another, or both in one. */
export async function comparePeople(comparison: Comparison, placements: Placements, progress: Progress): Promise<void> {
  const { staged, report } = comparison
  let others = 0
  const all = staged.rows.users.count()
  let count = 0
  const nowhere = 'belongs to no school of this bundle, and is enrolled in no class: left out'
  const { users } = staged.columns
  const namesSchool = users.has('orgSourcedIds') || users.has('primaryOrgSourcedId') || !staged.rows.roles.isEmpty
  for (const [sourcedId, row] of staged.rows.users.entries()) {
    if (++count % 1000 === 0) {
      progress(`Comparing people: ${count} of ${all}`)
      await breathe()
    }
    const reason = compareUser(comparison, placements, sourcedId, row)
    if (reason === 'nowhere')
      report.warn(
        row,
        namesSchool ? `${sourcedId} ${nowhere}` : `the file has no column orgSourcedIds, and the person ${nowhere}`,
      )
    else if (reason === 'untimely') comparison.roleFindings.untimely()
    else if (reason) others++
  }
  if (others) report.note(`Users who neither learn nor teach were left out: ${others}`)
}
