import { sexIn } from '../../../db/values.ts'
import { email as emailText } from '../../input.ts'
import type { Comparison } from '../comparison/comparison.ts'
import { hasColumnIn, inFile } from '../comparison/keep.ts'
import type { Entity } from '../comparison/known.ts'
import type { PlannedSchool } from '../comparison/schools.ts'
import type { Row } from '../read/row.ts'
import { columnsOf } from '../read/stage.ts'
import { firstOf, isFalse } from '../read/values.ts'
import type { RoleAt } from './held-roles.ts'
import { rolesOf } from './held-roles.ts'

export interface User {
  sourcedId: string
  row: Row
  roles: RoleAt[]
  demographics: Row | undefined
  email: string | null
}

export function readUser(comparison: Comparison, sourcedId: string, row: Row): User {
  const { email: address } = row.fields
  const email = address === undefined ? null : (emailText.safeParse(address).data ?? null)
  const found = comparison.staged.rows.demographics.get(sourcedId)
  const demographics = found?.status === 'tobedeleted' ? undefined : found
  return { sourcedId, row, roles: rolesOf(comparison, sourcedId, row), demographics, email }
}

export function warnOfUser(comparison: Comparison, user: User): void {
  const { report } = comparison
  const { row } = user
  const { givenName, familyName, email: address = '' } = row.fields
  if (!givenName && !familyName)
    report.warn(row, 'has no name: to be completed by hand or in the system it comes from', 'familyName')
  if (isNoAddress(user)) {
    const quoted = firstOf(address, 60)
    report.warn(row, `${quoted} is no e-mail address: kept, but not as one; an address in the register stays`, 'email')
  }
  const { sex } = user.demographics?.fields ?? {}
  if (user.demographics && sex && !sexIn(sex))
    report.warn(
      user.demographics,
      `${firstOf(sex, 60)} is none of female, male, other and unspecified: kept, but not as one`,
      'sex',
    )
  if (hasAddressAsNumber(comparison, user))
    report.warn(
      row,
      'holds an e-mail address, and email is empty: do cells of this row stand in wrong columns?',
      'identifier',
    )
}

function hasAddressAsNumber({ staged }: Comparison, { row }: User): boolean {
  const { identifier, email } = row.fields
  return email === undefined && columnsOf(staged, 'users', row).has('email') && emailText.safeParse(identifier).success
}

/** Rejects the row where the register knows what stands under the number as the e-mail address. */
export function hasShiftedAddress(comparison: Comparison, user: User): boolean {
  const { sourcedId, row } = user
  if (!hasAddressAsNumber(comparison, user)) return false
  const address = row.fields.identifier?.toLowerCase()
  const emailIn = (entity: Entity, school: PlannedSchool) =>
    comparison.row(entity, school, comparison.idOf(entity, school, sourcedId) ?? '')?.email
  const isOwn = (['student', 'instructor', 'guardian'] as const).some((entity) =>
    comparison
      .schoolsWith(entity, sourcedId)
      .some((school) => !school.isOutside && emailIn(entity, school) === address),
  )
  if (isOwn)
    comparison.report.reject(
      row,
      'holds the e-mail address of this person, and email is empty: the cells of this row stand in wrong columns',
      'identifier',
    )
  return isOwn
}

export function sharedExtra({ row, email }: User): Record<string, string | undefined> {
  const { username, orgSourcedIds, primaryOrgSourcedId, agentSourcedIds, phone, sms, email: address } = row.fields
  const kept = { username, orgSourcedIds, primaryOrgSourcedId, agentSourcedIds, phone, sms }
  return { ...kept, email: email === null ? address : undefined }
}

/** Demographics and roles count only if the user has rows there. */
export function hasColumnOf({ staged }: Comparison, { sourcedId, row, demographics }: User): (name: string) => boolean {
  const hasRoles = !staged.rows.roles.under(sourcedId).next().done
  const byUsers = hasColumnIn(staged, row, 'users')
  const byDemographics = demographics ? hasColumnIn(staged, demographics, 'demographics') : () => false
  return (name) => (name === 'roles' ? hasRoles : byUsers(name) || byDemographics(name))
}

/** Such a value takes no address away. */
const isNoAddress = ({ row, email }: User): boolean => row.fields.email !== undefined && email === null

/** A name completed by hand stays until the bundle has one. */
function namesOf(user: User, existing: string | undefined) {
  const { username, givenName, familyName } = user.row.fields
  if (existing) return { ...(givenName && { givenName }), ...(familyName && { familyName }) }
  const unnamed = givenName ? '' : firstOf(username ?? user.sourcedId, 100)
  return { givenName: givenName ?? '', familyName: familyName ?? unnamed }
}

export function sharedFields({ staged }: Comparison, user: User, existing: string | undefined) {
  const { middleName, preferredGivenName } = user.row.fields
  const users = columnsOf(staged, 'users', user.row)
  return {
    ...namesOf(user, existing),
    ...inFile<unknown>(users, {
      middleName: ['middleName', middleName ?? null],
      preferredName: ['preferredGivenName', preferredGivenName ?? null],
      ...(!isNoAddress(user) && { email: ['email', user.email] }),
    }),
    sourcedId: user.sourcedId,
  }
}

export function statusOf({ staged }: Comparison, { row }: User) {
  const columns = columnsOf(staged, 'users', row)
  if (!columns.has('status') && !columns.has('enabledUser')) return {}
  return { status: row.status === 'inactive' || isFalse(row.fields.enabledUser) ? 'inactive' : 'active' }
}
