/** A guardian is in every school of her students. What staff have written about a link stays. */
import { setImmediate as breathe } from 'node:timers/promises'
import { noMarks } from '../../student-guardians/core.ts'
import type { Comparison } from '../comparison/comparison.ts'
import { archiveEverywhere, extraOf, inFile } from '../comparison/keep.ts'
import type { Stored } from '../comparison/known.ts'
import type { PlannedSchool } from '../comparison/schools.ts'
import { relationOf } from '../read/roles.ts'
import type { Row } from '../read/row.ts'
import type { Progress } from '../read/stage.ts'
import { columnsOf } from '../read/stage.ts'
import type { GuardianLinks } from './guardian-links.ts'
import { gatherLinks, isGuardian, openStudent, schoolsOfStudent } from './guardian-links.ts'
import { rolesOf } from './held-roles.ts'
import { keptRoles } from './kept-roles.ts'
import { schoolsOfUser } from './placement.ts'
import type { User } from './user.ts'
import { hasColumnOf, hasShiftedAddress, readUser, sharedExtra, sharedFields, warnOfUser } from './user.ts'

const longestPhone = 50
const isStorable = (phone: string | undefined): phone is string => phone !== undefined && phone.length <= longestPhone

/** One number in both columns counts once. A second number alone stays the second one. */
function phonesOf({ staged }: Comparison, { row }: User, known: Stored | undefined) {
  const users = columnsOf(staged, 'users', row)
  const [phone, sms] = [row.fields.phone, row.fields.sms].map((number) => (isStorable(number) ? number : null))
  if (!users.has('phone') || !users.has('sms'))
    return inFile(users, { phone: ['phone', phone], otherPhone: ['sms', sms] })
  if (known && known.phone === null && phone === null && sms === known.otherPhone) return {}
  const [first = null, second = null] = new Set([phone, sms].filter((number) => number !== null))
  return { phone: first, otherPhone: second }
}

function warnOfPhones({ report }: Comparison, { row }: User): void {
  for (const column of ['phone', 'sms'])
    if (row.fields[column] !== undefined && !isStorable(row.fields[column]))
      report.warn(row, `has more than ${longestPhone} characters: kept, but not as a phone number`, column)
}

function keptOf(user: User, school: PlannedSchool) {
  const { identifier, grades, enabledUser, role, phone, sms } = user.row.fields
  return {
    ...sharedExtra(user),
    identifier,
    grades,
    enabledUser,
    birthDate: user.demographics?.fields.birthDate,
    sex: user.demographics?.fields.sex,
    phone: isStorable(phone) ? undefined : phone,
    sms: isStorable(sms) ? undefined : sms,
    role: user.roles.find((own) => own.sort === 'relative')?.role ?? role,
    roles: keptRoles(user.roles, school),
  }
}

function compareGuardian(comparison: Comparison, school: PlannedSchool, user: User): void {
  const existing = comparison.idOf('guardian', school, user.sourcedId)
  comparison.settle('guardian', school, existing, {
    archived: false,
    hasColumn: hasColumnOf(comparison, user),
    fields: {
      ...sharedFields(comparison, user, existing),
      ...phonesOf(comparison, user, existing === undefined ? undefined : comparison.row('guardian', school, existing)),
      extra: { ...user.demographics?.extra, ...extraOf(user.row, keptOf(user, school)) },
    },
  })
}

function linksBetween(comparison: Comparison, school: PlannedSchool, student: string, guardian: string): Stored[] {
  return [...comparison.known.members.under(['studentGuardian', school.key, student, guardian])]
    .flatMap(([[id = '']]) => comparison.row('studentGuardian', school, id) ?? [])
    .filter(({ studentId, guardianId }) => studentId === student && guardianId === guardian)
}

/** Staff have unlinked the two, so the import does not link them again. */
const isEnded = (links: readonly Stored[]): boolean =>
  links.length > 0 && links.every(({ archivedAt }) => Boolean(archivedAt))

/** An archived guardian returns only together with a student. */
function schoolsOf(comparison: Comparison, { byGuardian }: GuardianLinks, user: string): Set<PlannedSchool> {
  const schools = new Set<PlannedSchool>()
  let isTold = false
  for (const [[student = '']] of byGuardian.under(user)) {
    isTold = true
    for (const school of schoolsOfStudent(comparison, student)) {
      const studentId = openStudent(comparison, school, student)
      const id = comparison.idOf('guardian', school, user)
      if (studentId && !(id && isEnded(linksBetween(comparison, school, studentId, id)))) schools.add(school)
    }
  }
  for (const school of comparison.schoolsWith('guardian', user)) {
    const id = comparison.idOf('guardian', school, user) ?? ''
    if (!isTold || !comparison.row('guardian', school, id)?.archivedAt) schools.add(school)
  }
  return schools
}

const isUnclear = (comparison: Comparison, sourcedId: string, row: Row): boolean =>
  !schoolsOfUser(comparison, sourcedId).size && comparison.isAmbiguous('guardian', sourcedId, row)

function compareUser(comparison: Comparison, links: GuardianLinks, sourcedId: string, row: Row): boolean {
  if (row.status === 'tobedeleted')
    return archiveEverywhere(comparison, 'guardian', sourcedId) || !isUnclear(comparison, sourcedId, row)
  const schools = schoolsOf(comparison, links, sourcedId)
  if (!schools.size) return isUnclear(comparison, sourcedId, row)
  const user = readUser(comparison, sourcedId, row)
  if (hasShiftedAddress(comparison, user)) return true
  const isToldOf = (['student', 'instructor'] as const).some((as) => comparison.schoolsWith(as, sourcedId).length)
  if (!isToldOf) warnOfUser(comparison, user)
  warnOfPhones(comparison, user)
  for (const school of schools) {
    compareGuardian(comparison, school, user)
    if (!isToldOf) comparison.counts.add(school, 'users', row)
  }
  return true
}

/** A guardian without a row keeps the role of her first import. */
function relationIn(comparison: Comparison, school: PlannedSchool, guardian: string, { extra }: Stored) {
  const row = comparison.staged.rows.users.get(guardian)
  const roles = row ? rolesOf(comparison, guardian, row).filter(({ sort }) => sort === 'relative') : []
  const own = roles.find(({ org }) => org === school.sourcedId) ?? roles[0]
  return relationOf(own?.role ?? extra?.role ?? '')
}

/** A new link is called last and has no marks; one that exists belongs to the staff. */
function compareLink(
  comparison: Comparison,
  school: PlannedSchool,
  studentId: string,
  guardian: Stored,
  relation: string,
): 'ended' | 'linked' {
  const between = linksBetween(comparison, school, studentId, guardian.id)
  if (isEnded(between)) return 'ended'
  const open = between.find(({ archivedAt }) => !archivedAt)
  if (open) comparison.settle('studentGuardian', school, open.id, { archived: false, fields: {} })
  else {
    const of = [...comparison.known.members.under(['studentGuardian', school.key, studentId])]
    const called = of.filter(([[, id = '']]) => {
      const link = comparison.row('studentGuardian', school, id)
      return link?.studentId === studentId && !link.archivedAt
    })
    const fields = { ...noMarks, studentId, guardianId: guardian.id, relation, priority: called.length + 1 }
    comparison.settle('studentGuardian', school, undefined, { archived: false, fields })
  }
  return 'linked'
}

function compareLinks(comparison: Comparison, { byStudent }: GuardianLinks): void {
  const done = comparison.staged.scratch.shelf<null>()
  let ended = 0
  for (const [[student = '', , guardian = ''], role] of byStudent.under('link'))
    for (const school of schoolsOfStudent(comparison, student)) {
      const studentId = openStudent(comparison, school, student)
      const id = comparison.idOf('guardian', school, guardian)
      const row = id === undefined ? undefined : comparison.row('guardian', school, id)
      if (!studentId || !row || row.archivedAt || !done.add([school.key, studentId, row.id], null)) continue
      const relation = role === null ? relationIn(comparison, school, guardian, row) : relationOf(role)
      if (compareLink(comparison, school, studentId, row, relation) === 'ended') ended++
    }
  if (ended) comparison.report.note(`Guardians whom staff have unlinked from a student stay unlinked: ${ended}`)
}

export async function compareGuardians(comparison: Comparison, progress: Progress): Promise<void> {
  const links = gatherLinks(comparison)
  let left = 0
  let count = 0
  for (const [sourcedId, row] of comparison.staged.rows.users.entries()) {
    if (++count % 1000 === 0) {
      progress(`Comparing guardians: ${count} users`)
      await breathe()
    }
    if (isGuardian(comparison, sourcedId) && !compareUser(comparison, links, sourcedId, row)) left++
  }
  if (left) comparison.report.note(`Guardians of no student here were left out: ${left}`)
  compareLinks(comparison, links)
}
