import { setImmediate as breathe } from 'node:timers/promises'
import { email as emailText } from '../input.ts'
import { searchText, sortName } from '../people.ts'
import type { Comparison } from './comparison.ts'
import { archiveEverywhere, claimed, extraOf, studentNumber, told, toldBy } from './keep.ts'
import type { Stored } from './known.ts'
import type { PersonEntity, Placements, RoleAt } from './placement.ts'
import { placeKey, placesOf, rolesOf } from './placement.ts'
import { roleSort } from './roles.ts'
import type { PlannedSchool } from './schools.ts'
import type { Progress, Row } from './stage.ts'
import { isFalse, readGrade, readList } from './values.ts'

/** The names and the search columns of a row that is about to stand in a people's table. */
const names = (row: Stored) => ({
  givenName: String(row.givenName),
  middleName: row.middleName as string | null,
  familyName: String(row.familyName),
  preferredName: row.preferredName as string | null,
})
const derive = (row: Stored) => ({
  sortName: sortName(names(row)),
  searchText: searchText(names(row), row.number as string | null, row.email as string | null),
})

interface User {
  sourcedId: string
  row: Row
  roles: RoleAt[]
  demographics: Row | undefined
  /** Checked once, whatever number of schools she is in. */
  email: string | null
}

function readUser(comparison: Comparison, sourcedId: string, row: Row): User {
  const { report, staged } = comparison
  const { givenName, familyName, email: address } = row.fields
  if (!givenName || !familyName)
    report.warn(
      row,
      'has no full name: to be completed by hand or in the system it comes from',
      givenName ? 'familyName' : 'givenName',
    )
  const email = address === undefined ? null : (emailText.safeParse(address).data ?? null)
  if (address !== undefined && email === null)
    report.warn(row, `${address.slice(0, 60)} is no e-mail address: kept, but not as one`, 'email')
  const told = staged.rows.demographics.get(sourcedId)
  const demographics = told?.status === 'tobedeleted' ? undefined : told
  return { sourcedId, row, roles: rolesOf(comparison, sourcedId, row), demographics, email }
}

/** The rows of roles.csv are kept with the person, those at her school as JSON. */
function keptRoles({ roles }: User, school: PlannedSchool): string | undefined {
  const rows = roles
    .filter(({ row: { file }, org }) => /roles\.csv$/i.test(file) && (!org || org === school.sourcedId))
    .map(
      ({
        row: {
          fields: { userSourcedId: _, ...fields },
          extra,
        },
      }) => ({ ...fields, ...extra }),
    )
  return rows.length ? JSON.stringify(rows) : undefined
}

function sharedExtra({ row, email }: User): Record<string, string | undefined> {
  const { username, orgSourcedIds, primaryOrgSourcedId, email: address } = row.fields
  return { username, orgSourcedIds, primaryOrgSourcedId, email: email === null ? address : undefined }
}

/** What tells of the person: demographics and roles only where there are rows of hers. */
function toldOf({ staged }: Comparison, { sourcedId, demographics }: User): (name: string) => boolean {
  const hasRoles = !staged.rows.roles.under(sourcedId).next().done
  const byFile = toldBy(staged, 'users', ...(demographics ? (['demographics'] as const) : []))
  return (name) => (name === 'roles' ? hasRoles : byFile(name))
}

/** A name that somebody has completed by hand stays until the bundle has one. */
function namesOf(user: User, existing: string | undefined) {
  const { username, givenName, familyName } = user.row.fields
  if (existing) return { ...(givenName && { givenName }), ...(familyName && { familyName }) }
  const unnamed = givenName ? '' : (username ?? user.sourcedId).slice(0, 100)
  return { givenName: givenName ?? '', familyName: familyName ?? unnamed }
}

function sharedFields({ staged }: Comparison, user: User, existing: string | undefined) {
  const { middleName, preferredGivenName, enabledUser } = user.row.fields
  const { users } = staged.columns
  return {
    ...namesOf(user, existing),
    ...((users.has('status') || users.has('enabledUser')) && {
      status: user.row.status === 'inactive' || isFalse(enabledUser) ? 'inactive' : 'active',
    }),
    ...told<unknown>(users, {
      middleName: ['middleName', middleName ?? null],
      preferredName: ['preferredGivenName', preferredGivenName ?? null],
      email: ['email', user.email],
    }),
    sourcedId: user.sourcedId,
  }
}

function compareStudent(comparison: Comparison, school: PlannedSchool, user: User): void {
  const { columns } = comparison.staged
  const { identifier, grades, role } = user.row.fields
  const number =
    user.row.status === 'tobedeleted' ? null : claimed(comparison, studentNumber, school, user.sourcedId, user.row)
  const ofRole = user.roles.find(({ row, org }) => org === school.sourcedId && row.fields.grade)?.row.fields.grade
  const listed = readList(grades)
  const grade = readGrade(listed[0] ?? ofRole ?? '')
  const isStorable = grade.length <= 50
  const { birthDate } = user.demographics?.fields ?? {}
  const isStudent = role === undefined || roleSort(role) === 'student'
  const existing = comparison.idOf('student', school, user.sourcedId)
  comparison.settle('student', school, existing, {
    archived: user.row.status === 'tobedeleted',
    told: toldOf(comparison, user),
    derive,
    fields: {
      ...sharedFields(comparison, user, existing),
      ...told<unknown>(columns.users, { number: ['identifier', number] }),
      ...(columns.users.has('grades') || ofRole ? { gradeLevel: (isStorable && grade) || null } : {}),
      ...(user.demographics && told<unknown>(columns.demographics, { birthDate: ['birthDate', birthDate ?? null] })),
      extra: {
        ...user.demographics?.extra,
        ...extraOf(
          user.row,
          {
            ...sharedExtra(user),
            identifier: number === null ? identifier : undefined,
            grades: listed.length > 1 || !isStorable ? grades : undefined,
            role: isStudent ? undefined : role,
            roles: keptRoles(user, school),
          },
          true,
        ),
      },
    },
  })
}

function compareInstructor(comparison: Comparison, school: PlannedSchool, user: User): void {
  const { identifier, grades, role } = user.row.fields
  const { birthDate } = user.demographics?.fields ?? {}
  const existing = comparison.idOf('instructor', school, user.sourcedId)
  comparison.settle('instructor', school, existing, {
    archived: user.row.status === 'tobedeleted',
    told: toldOf(comparison, user),
    derive,
    fields: {
      ...sharedFields(comparison, user, existing),
      extra: {
        ...user.demographics?.extra,
        ...extraOf(
          user.row,
          { ...sharedExtra(user), identifier, grades, role, birthDate, roles: keptRoles(user, school) },
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

type Left = 'nowhere' | 'relatives' | 'others'

/** Why a user is stored in no school. */
function reasonLeft(sorts: ReadonlySet<string>): Left {
  if (sorts.has('student') || sorts.has('instructor') || !sorts.size) return 'nowhere'
  return sorts.has('relative') ? 'relatives' : 'others'
}

const leftNotes: Record<Exclude<Left, 'nowhere'>, string> = {
  relatives: 'Guardians and relatives were left out: the register has no place for them yet',
  others: 'Users who neither learn nor teach were left out',
}

function compareUser(comparison: Comparison, placements: Placements, sourcedId: string, row: Row): Left | undefined {
  if (row.status === 'tobedeleted') {
    const students = archiveEverywhere(comparison, 'student', sourcedId)
    if (archiveEverywhere(comparison, 'instructor', sourcedId) || students) return undefined
  }
  const { places, sorts } = placesOf(comparison, placements, sourcedId, row)
  if (!places.size) {
    const unclear = people.some((entity) => comparison.isAmbiguous(entity, sourcedId, row))
    return unclear ? undefined : reasonLeft(sorts)
  }
  const user = readUser(comparison, sourcedId, row)
  for (const school of comparison.orgs.schools)
    for (const entity of people)
      if (places.has(placeKey(school.key, entity))) compareAs[entity](comparison, school, user)
  return undefined
}

/** Puts each user into every school where she is a student or an instructor, as one of them or as both. */
export async function comparePeople(comparison: Comparison, placements: Placements, progress: Progress): Promise<void> {
  const { staged, report } = comparison
  const left = { relatives: 0, others: 0 }
  const all = staged.rows.users.size
  let count = 0
  for (const [sourcedId, row] of staged.rows.users.entries()) {
    if (++count % 1000 === 0) {
      progress(`Comparing people: ${count} of ${all}`)
      await breathe()
    }
    const reason = compareUser(comparison, placements, sourcedId, row)
    if (reason === 'nowhere') {
      if (row.status !== 'tobedeleted')
        report.warn(row, `${sourcedId} belongs to no school of this bundle, and is enrolled in no class: left out`)
    } else if (reason) left[reason]++
  }
  for (const reason of Object.keys(left) as (keyof typeof left)[])
    if (left[reason]) report.note(`${leftNotes[reason]}: ${left[reason]}`)
}
