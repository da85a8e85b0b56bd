import type { Shelf } from '../../db/scratch.ts'
import type { Comparison } from './comparison.ts'
import { roleSort } from './roles.ts'
import type { Row } from './row.ts'
import type { PlannedSchool } from './schools.ts'
import { readList } from './values.ts'

export type PersonEntity = 'student' | 'instructor'
/** The key is [user, school, entity]. */
export type Placements = Shelf<null>

export interface RoleAt {
  role: string
  org: string | undefined
  row: Row
}

/** OneRoster 1.0 and 1.1 have roles in users.csv, 1.2 and School Data Sync in roles.csv; guardians' are in relationships.csv. */
export function rolesOf({ staged: { rows } }: Comparison, user: string, row: Row): RoleAt[] {
  const { role, orgSourcedIds, primaryOrgSourcedId } = row.fields
  const named = readList(orgSourcedIds)
  const orgs: (string | undefined)[] = named.length ? named : [primaryOrgSourcedId]
  const own = role ? orgs.map((org) => ({ role, org, row })) : []
  const others = [...rows.roles.under(user)]
    .map(([, { fields, ...position }]) => ({
      role: fields.role ?? '',
      org: fields.orgSourcedId ?? primaryOrgSourcedId,
      row: { fields, ...position },
    }))
    .filter(({ row: { status } }) => status !== 'tobedeleted')
  const related = [...rows.relationships.under(user)]
    .map(([, row]) => ({ role: row.fields.relationshipRole ?? '', org: undefined, row }))
    .filter(({ role, row: { status } }) => roleSort(role) === 'relative' && status !== 'tobedeleted')
  return [...own, ...others, ...related]
}

/** Returns undefined for a relative, who is in no class. */
export function enrolledAs(comparison: Comparison, row: Row): PersonEntity | undefined {
  const { role = '', userSourcedId = '' } = row.fields
  if (role) {
    const sort = roleSort(role)
    return sort === 'relative' ? undefined : sort === 'student' ? 'student' : 'instructor'
  }
  const user = comparison.staged.rows.users.get(userSourcedId)
  const roles = user ? rolesOf(comparison, userSourcedId, user) : []
  return roles.some((own) => roleSort(own.role) === 'instructor') ? 'instructor' : 'student'
}

export function* schoolsOfClass(
  comparison: Comparison,
  classSchool: (row: Row) => PlannedSchool | undefined,
  { fields: { classSourcedId = '', schoolSourcedId } }: Row,
): Generator<PlannedSchool> {
  const row = comparison.staged.rows.classes.get(classSourcedId)
  const named = row?.status === 'tobedeleted' ? undefined : row && classSchool(row)
  if (named) return yield named
  const own = schoolSourcedId ? comparison.orgs.school(schoolSourcedId) : undefined
  const having = comparison.schoolsWith('class', classSourcedId)
  yield* own && having.includes(own) ? [own] : having
}

/** An enrollment counts, whatever the person's roles say. */
export function placementsByEnrollment(
  comparison: Comparison,
  classSchool: (row: Row) => PlannedSchool | undefined,
): Placements {
  const placements: Placements = comparison.staged.scratch.shelf()
  for (const [, row] of comparison.staged.rows.enrollments.entries()) {
    const entity = enrolledAs(comparison, row)
    if (!entity || row.status === 'tobedeleted' || !row.fields.userSourcedId) continue
    for (const { key } of schoolsOfClass(comparison, classSchool, row))
      placements.add([row.fields.userSourcedId, key, entity], null)
  }
  return placements
}

export interface UserPlacements {
  /** The key is 'school key\0entity'. */
  keys: Set<string>
  /** These roles place the person in no school. */
  sorts: Set<string>
}
export const placementKey = (school: string, entity: PersonEntity) => `${school}\0${entity}`

/** A role at a district counts in its schools where the person is enrolled, or in all of them. */
function schoolsOfRole(
  { orgs }: Comparison,
  org: string | undefined,
  enrolledIn: ReadonlySet<string>,
): readonly PlannedSchool[] {
  if (!org) return orgs.only ? [orgs.only] : []
  const own = orgs.school(org)
  if (own) return [own]
  const below = orgs.below(org)
  const used = below.filter(({ key }) => enrolledIn.has(key))
  return used.length ? used : below
}

/** The register may have her in other schools. Only a complete bundle without her means that she left. */
function stays(comparison: Comparison, school: PlannedSchool, entity: PersonEntity, user: string, row: Row): boolean {
  const { classes, enrollments } = comparison.staged.rows
  const id = comparison.idOf(entity, school, user)
  if (id && comparison.row(entity, school, id)?.archivedAt) return false
  if (classes.size && enrollments.size && school.isNamed && row.status === 'active')
    comparison.report.warn(
      row,
      `no longer makes ${user} ${entity === 'student' ? 'a' : 'an'} ${entity} of ${school.name}: the record there stays until somebody archives it`,
    )
  return true
}

export function placementsOf(comparison: Comparison, placements: Placements, user: string, row: Row): UserPlacements {
  const keys = new Set<string>()
  const sorts = new Set<string>()
  const enrolledIn = new Set<string>()
  for (const [[key = '', entity]] of placements.under(user)) {
    keys.add(placementKey(key, entity as PersonEntity))
    enrolledIn.add(key)
  }
  for (const { role, org, row: roleRow } of rolesOf(comparison, user, row)) {
    const sort = roleSort(role)
    sorts.add(sort)
    if (sort === 'unknown')
      comparison.report.warn(roleRow, `${role || 'nothing'} is no role we know: it counts as an instructor`, 'role')
    if (sort === 'relative' || sort === 'other') continue
    for (const { key } of schoolsOfRole(comparison, org, enrolledIn))
      keys.add(placementKey(key, sort === 'student' ? 'student' : 'instructor'))
  }
  const isStated = keys.size > 0
  for (const entity of ['student', 'instructor'] as const)
    for (const school of comparison.schoolsWith(entity, user)) {
      const key = placementKey(school.key, entity)
      if (keys.has(key) || (isStated && !stays(comparison, school, entity, user, row))) continue
      keys.add(key)
    }
  return { keys, sorts }
}
