/** Who somebody is today: a role that is over, deleted or yet to begin is none. */
import { today } from '../../calendar.ts'
import type { Comparison } from '../comparison/comparison.ts'
import type { RoleSort } from '../read/roles.ts'
import { roleSort } from '../read/roles.ts'
import type { Row } from '../read/row.ts'
import { readList } from '../read/values.ts'

export interface RoleAt {
  role: string
  sort: RoleSort
  org: string | undefined
  row: Row
  when: 'now' | 'over' | 'later'
}

/** By the calendar of the school where the role is. */
function dayAt({ orgs, now }: Comparison, org: string | undefined): string {
  const school = org === undefined ? orgs.only : (orgs.school(org) ?? orgs.below(org)[0])
  return today({ school: school ?? { timeZone: 'UTC' }, now })
}

function whenOf(comparison: Comparison, org: string | undefined, { status, fields }: Row): RoleAt['when'] {
  const { beginDate, endDate } = fields
  if (status !== 'active') return 'over'
  if (!beginDate && !endDate) return 'now'
  const day = dayAt(comparison, org)
  if (endDate && (endDate < day || (beginDate && endDate < beginDate))) return 'over'
  return beginDate && beginDate > day ? 'later' : 'now'
}

/** OneRoster 1.0 and 1.1 have roles in users.csv, 1.2 and School Data Sync in roles.csv; guardians' are in relationships.csv. */
export function rolesOf(comparison: Comparison, user: string, row: Row): RoleAt[] {
  const { rows } = comparison.staged
  const { role, orgSourcedIds, primaryOrgSourcedId } = row.fields
  const named = readList(orgSourcedIds)
  const orgs: (string | undefined)[] = named.length ? named : [primaryOrgSourcedId]
  const own = role ? orgs.map((org): RoleAt => ({ role, sort: roleSort(role), org, row, when: 'now' })) : []
  const others = [...rows.roles.under(user)].map(([, roleRow]): RoleAt => {
    const { role = '', orgSourcedId: org = primaryOrgSourcedId } = roleRow.fields
    return { role, sort: roleSort(role), org, row: roleRow, when: whenOf(comparison, org, roleRow) }
  })
  const related = [...rows.relationships.under(user)].flatMap(([, row]): RoleAt[] => {
    const { relationshipRole: role = '' } = row.fields
    const isRelative = roleSort(role) === 'relative' && row.status !== 'tobedeleted'
    return isRelative ? [{ role, sort: 'relative', org: undefined, row, when: 'now' }] : []
  })
  return [...own, ...others, ...related]
}

export const isNow = ({ when }: RoleAt): boolean => when === 'now'
