import { email as emailText } from '../input.ts'
import type { Comparison } from './comparison.ts'
import type { RoleAt } from './held-roles.ts'
import { rolesOf } from './held-roles.ts'
import { hasColumnIn, inFile } from './keep.ts'
import type { Row } from './row.ts'
import { columnsOf } from './stage.ts'
import { isFalse } from './values.ts'

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

export function warnOfUser({ report }: Comparison, { row, email }: User): void {
  const { givenName, familyName, email: address } = row.fields
  if (!givenName && !familyName)
    report.warn(row, 'has no name: to be completed by hand or in the system it comes from', 'familyName')
  if (address !== undefined && email === null)
    report.warn(row, `${address.slice(0, 60)} is no e-mail address: kept, but not as one`, 'email')
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

/** A name completed by hand stays until the bundle has one. */
function namesOf(user: User, existing: string | undefined) {
  const { username, givenName, familyName } = user.row.fields
  if (existing) return { ...(givenName && { givenName }), ...(familyName && { familyName }) }
  const unnamed = givenName ? '' : (username ?? user.sourcedId).slice(0, 100)
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
      email: ['email', user.email],
    }),
    sourcedId: user.sourcedId,
  }
}

export function statusOf({ staged }: Comparison, { row }: User) {
  const columns = columnsOf(staged, 'users', row)
  if (!columns.has('status') && !columns.has('enabledUser')) return {}
  return { status: row.status === 'inactive' || isFalse(row.fields.enabledUser) ? 'inactive' : 'active' }
}
