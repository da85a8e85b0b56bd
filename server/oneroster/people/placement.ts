import type { Shelf } from '../../../db/scratch/shelf.ts'
import type { ClassPlace, Comparison } from '../comparison/comparison.ts'
import type { Entity } from '../comparison/known.ts'
import type { PlannedSchool } from '../comparison/schools.ts'
import { roleSort } from '../read/roles.ts'
import type { Row } from '../read/row.ts'
import { readList } from '../read/values.ts'
import type { RoleAt } from './held-roles.ts'
import { isNow, rolesOf } from './held-roles.ts'

const people = ['student', 'instructor'] as const
export type PersonEntity = (typeof people)[number]
/** The key is [user, school, entity]. */
export type Placements = Shelf<null>

/** Returns undefined for whoever neither learns nor teaches there. */
export function enrolledAs(comparison: Comparison, row: Row): PersonEntity | undefined {
  const { role = '', userSourcedId = '' } = row.fields
  if (role) {
    const sort = roleSort(role)
    return sort === 'other' ? 'instructor' : people.find((entity) => entity === sort)
  }
  const user = comparison.staged.rows.users.get(userSourcedId)
  const roles = user ? rolesOf(comparison, userSourcedId, user) : []
  const held = roles.some(isNow) ? roles.filter(isNow) : roles
  if (!held.length) return 'student'
  return (['instructor', 'student'] as const).find((entity) => held.some(({ sort }) => sort === entity))
}

const placesAtMost = 20_000

/** An enrollment names its school by its class in the bundle, or by itself. Dozens of rows are about one class. */
export function classPlaceOf(
  comparison: Comparison,
  classSchool: (row: Row) => PlannedSchool | undefined,
  { fields: { classSourcedId = '', schoolSourcedId } }: Row,
): ClassPlace {
  const { staged, orgs, places } = comparison
  const key = `${classSourcedId}\0${schoolSourcedId ?? ''}`
  const known = places.get(key)
  if (known) return known
  const row = staged.rows.classes.get(classSourcedId)
  const ofClass = row?.status === 'tobedeleted' ? undefined : row && classSchool(row)
  const own = ofClass ?? (schoolSourcedId ? orgs.school(schoolSourcedId) : undefined)
  const named = new Set(own && [own])
  const place = { named, schools: inUseFirst(comparison, 'class', classSourcedId, named) }
  if (places.size >= placesAtMost) places.clear()
  places.set(key, place)
  return place
}

/** Where a record has moved, the archived one is not meant. */
function inUseFirst(comparison: Comparison, entity: Entity, sourcedId: string, named?: ReadonlySet<PlannedSchool>) {
  const having = comparison.schoolsWith(entity, sourcedId, named)
  const inUse = having.filter((school) => isInUse(comparison, entity, school, sourcedId))
  return inUse.length ? inUse : having
}

function isInUse(comparison: Comparison, entity: Entity, school: PlannedSchool, sourcedId: string): boolean {
  const id = comparison.idOf(entity, school, sourcedId)
  return id !== undefined && !comparison.row(entity, school, id)?.archivedAt
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
    for (const { key } of classPlaceOf(comparison, classSchool, row).schools)
      placements.add([row.fields.userSourcedId, key, entity], null)
  }
  return placements
}

export interface UserPlacements {
  /** The key is 'school key\0entity'. */
  keys: Set<string>
  roles: RoleAt[]
  named: Set<PlannedSchool>
}
export const placementKey = (school: string, entity: PersonEntity) => `${school}\0${entity}`

/** A role at a district counts in its schools where the person is enrolled, or in all of them. */
function schoolsOfRole({ orgs }: Comparison, org: string, enrolledIn: ReadonlySet<string>): readonly PlannedSchool[] {
  const own = orgs.school(org)
  if (own) return [own]
  const below = orgs.below(org)
  const used = below.filter(({ key }) => enrolledIn.has(key))
  return used.length ? used : below
}

/** A district alone makes nobody a student of its schools. */
function schoolsOfStudent({ orgs }: Comparison, org: string, { fields }: Row): PlannedSchool[] {
  const own = orgs.school(org)
  if (own) return [own]
  const named = [...readList(fields.orgSourcedIds), fields.primaryOrgSourcedId ?? '']
  return orgs.below(org).filter(({ sourcedId }) => named.includes(sourcedId))
}

/** The register has her in schools that the row does not name. */
function warnOfOthers(comparison: Comparison, named: ReadonlySet<PlannedSchool>, user: string, row: Row): void {
  const { report, staged } = comparison
  const isWhole = !staged.rows.classes.isEmpty && !staged.rows.enrollments.isEmpty
  for (const entity of people)
    for (const school of comparison.schoolsWith(entity, user)) {
      if (named.has(school) || !isInUse(comparison, entity, school, user)) continue
      const a = entity === 'student' ? 'a student' : 'an instructor'
      if (row.status === 'tobedeleted')
        report.warn(row, `does not name ${school.name}: ${user} stays ${a} there until somebody archives the record`)
      else if (isWhole && school.isNamed && row.status === 'active') report.warn(row, noLonger(user, a, school))
      else if (!isWhole) report.note(`People stay as they are in schools that their rows do not name`)
    }
}
const noLonger = (user: string, a: string, { name }: PlannedSchool) =>
  `no longer makes ${user} ${a} of ${name}: the record there stays until somebody archives it`

/** Such roles may have made records before, in an earlier version or when they named a school. */
const putsNowhere = (role: RoleAt): boolean =>
  isNow(role) && role.org !== undefined && ['student', 'observer', 'unknown'].includes(role.sort)

/** In a school of the row, she may have a record that her roles no longer make. A role that comes again is told by itself. */
function warnOfStaying(
  comparison: Comparison,
  school: PlannedSchool,
  entity: PersonEntity,
  { keys, roles }: UserPlacements,
  user: string,
  row: Row,
): void {
  const { orgs, report, staged } = comparison
  const isThere = (org: string) => orgs.school(org)?.key === school.key || orgs.below(org).includes(school)
  const there = roles.filter(({ sort, org }) => sort === entity && (!org || isThere(org)))
  const over = there.find(({ when }) => when === 'over')
  if (row.status !== 'active' || there.some(({ when }) => when === 'later')) return
  if (over) report.warn(over.row, `is over: the record of ${school.name} stays until somebody archives it`, 'endDate')
  else if (
    (keys.size || roles.some(putsNowhere)) &&
    !staged.rows.classes.isEmpty &&
    !staged.rows.enrollments.isEmpty &&
    school.isNamed
  )
    report.warn(row, noLonger(user, entity === 'student' ? 'a student' : 'an instructor', school))
}

export function schoolsOfUser(comparison: Comparison, user: string): Set<PlannedSchool> {
  const keys = new Set([...comparison.named.under(user)].map(([[key]]) => key))
  return new Set(keys.size ? comparison.orgs.schools.filter(({ key }) => keys.has(key)) : [])
}

function nameSchools(comparison: Comparison, user: string, roles: readonly RoleAt[], enrolledIn: ReadonlySet<string>) {
  for (const key of enrolledIn) comparison.named.put([user, key], null)
  for (const { org } of roles)
    for (const { key } of org ? schoolsOfRole(comparison, org, enrolledIn) : []) comparison.named.put([user, key], null)
  return schoolsOfUser(comparison, user)
}

/** A row that names no school belongs to the only one, unless the register has her elsewhere. */
function homeOf(comparison: Comparison, named: ReadonlySet<PlannedSchool>, user: string): PlannedSchool | undefined {
  const { only } = comparison.orgs
  if (!only || named.size) return only && named.has(only) ? only : undefined
  const known = people.flatMap((entity) => comparison.schoolsWith(entity, user))
  return !known.length || known.includes(only) ? only : undefined
}

/** Her record stays where no row puts her; an archived one comes back only by a row. */
function schoolsKept(comparison: Comparison, found: UserPlacements, user: string, row: Row): string[] {
  const { keys, roles, named } = found
  const isMeant = (entity: PersonEntity) =>
    !keys.size && (!roles.length || roles.some((role) => isNow(role) && role.sort === entity && !role.org))
  return people.flatMap((entity) =>
    inUseFirst(comparison, entity, user, named).flatMap((school) => {
      const key = placementKey(school.key, entity)
      if (keys.has(key) || !(isInUse(comparison, entity, school, user) || isMeant(entity))) return []
      warnOfStaying(comparison, school, entity, found, user, row)
      return [key]
    }),
  )
}

function schoolsPut(
  comparison: Comparison,
  { sort, org }: RoleAt,
  row: Row,
  enrolledIn: ReadonlySet<string>,
  home: PlannedSchool | undefined,
): readonly PlannedSchool[] {
  if (org === undefined) return home ? [home] : []
  return sort === 'student' ? schoolsOfStudent(comparison, org, row) : schoolsOfRole(comparison, org, enrolledIn)
}

export function placementsOf(comparison: Comparison, placements: Placements, user: string, row: Row): UserPlacements {
  const keys = new Set<string>()
  const enrolledIn = new Set<string>()
  for (const [[key = '', entity]] of placements.under(user)) {
    keys.add(placementKey(key, entity as PersonEntity))
    enrolledIn.add(key)
  }
  const roles = rolesOf(comparison, user, row)
  const named = nameSchools(comparison, user, roles, enrolledIn)
  const home = homeOf(comparison, named, user)
  for (const role of roles.filter(isNow))
    if (role.sort === 'student' || role.sort === 'instructor')
      for (const { key } of schoolsPut(comparison, role, row, enrolledIn, home)) keys.add(placementKey(key, role.sort))
  const found = { keys, roles, named }
  for (const key of schoolsKept(comparison, found, user, row)) keys.add(key)
  if (named.size) warnOfOthers(comparison, named, user, row)
  return found
}
