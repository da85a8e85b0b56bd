import { isNull } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { fold } from '../../db/folding.ts'
import { schools } from '../../db/schema/index.ts'
import type { SchoolRow } from '../schools/create.ts'
import type { Report } from './report.ts'
import type { Row } from './row.ts'
import type { Staged } from './stage.ts'
import { readList } from './values.ts'

export interface PlannedSchool {
  key: string
  sourcedId: string
  name: string
  extra: Record<string, string> | null
  archived: boolean
  /** Other schools are read for records that the bundle names without their school. */
  isNamed: boolean
  existing: SchoolRow | null
  timeZone: string
  locale: string
}

export interface Orgs {
  schools: PlannedSchool[]
  /** Records without a school belong to the only one. */
  only: PlannedSchool | undefined
  school(org: string): PlannedSchool | undefined
  below(org: string): readonly PlannedSchool[]
}

/** Classes name their schools, other rows any organization. */
function mentioned({ rows }: Staged) {
  const byClasses = new Map<string, Row>()
  const byOthers = new Set<string>()
  for (const [, row] of rows.classes.entries()) {
    const org = schoolOrgOf(row, rows.courses)
    if (org && !byClasses.has(org)) byClasses.set(org, row)
  }
  for (const [, { fields }] of rows.users.entries())
    for (const org of [...readList(fields.orgSourcedIds), fields.primaryOrgSourcedId]) if (org) byOthers.add(org)
  for (const shelf of [rows.roles, rows.courses])
    for (const [, { fields }] of shelf.entries()) if (fields.orgSourcedId) byOthers.add(fields.orgSourcedId)
  for (const [, { fields }] of rows.enrollments.entries())
    if (fields.schoolSourcedId) byOthers.add(fields.schoolSourcedId)
  return { byClasses, byOthers }
}

export const schoolOrgOf = ({ fields }: Row, courses: Staged['rows']['courses']): string | undefined =>
  fields.schoolSourcedId ??
  (fields.courseSourcedId && courses.get(fields.courseSourcedId)?.fields.orgSourcedId) ??
  undefined

/** Such rows may mean any imported school of the register. */
function reachesBeyond({ rows }: Staged): boolean {
  if (!rows.classes.size) return true
  for (const [user, { fields }] of rows.users.entries())
    if (!fields.orgSourcedIds && !fields.primaryOrgSourcedId && rows.roles.under(user).next().done) return true
  for (const [, { fields }] of rows.enrollments.entries())
    if (!rows.classes.has(fields.classSourcedId ?? '') || !rows.users.has(fields.userSourcedId ?? '')) return true
  for (const [, { fields }] of rows.users.entries())
    if (readList(fields.agentSourcedIds).some((agent) => !rows.users.has(agent))) return true
  for (const [, { fields }] of rows.relationships.entries())
    if (!rows.users.has(fields.userSourcedId ?? '') || !rows.users.has(fields.relationshipUserSourcedId ?? ''))
      return true
  for (const [user] of rows.demographics.entries()) if (!rows.users.has(user)) return true
  return false
}

async function registered(db: Reader) {
  const all = await db.select().from(schools)
  const unclaimed = await db.select({ id: schools.id }).from(schools).where(isNull(schools.sourcedId))
  const free = new Set(unclaimed.map(({ id }) => id))
  return {
    bySourcedId: new Map(all.flatMap((school) => (school.sourcedId ? [[school.sourcedId, school] as const] : []))),
    byName: new Map(
      all.filter(({ id, isDemo }) => free.has(id) && !isDemo).map((school) => [fold(school.name), school]),
    ),
  }
}

function orgExtra({ fields, extra, status }: Row): Record<string, string> {
  const { type, parentSourcedId } = fields
  return {
    ...extra,
    ...(type && { type }),
    ...(parentSourcedId && { parentSourcedId }),
    ...(status === 'inactive' && { status }),
  }
}

export interface NewSchoolSettings {
  timeZone: string
  locale: string
}

/** A class makes its organization a school, whatever its type. A school made by hand is matched by its name. */
export async function findSchools(
  db: Reader,
  staged: Staged,
  settings: NewSchoolSettings,
  report: Report,
): Promise<Orgs> {
  const { rows } = staged
  const { bySourcedId, byName } = await registered(db)
  const { byClasses, byOthers } = mentioned(staged)
  const found = new Map<string, PlannedSchool>()
  const plan = (sourcedId: string, isNamed = true) => {
    if (found.has(sourcedId)) return
    const org = rows.orgs.get(sourcedId)
    const named = byClasses.get(sourcedId)
    const name = org?.fields.name ?? bySourcedId.get(sourcedId)?.name ?? sourcedId
    const byHand = org?.status === 'tobedeleted' ? undefined : byName.get(fold(name))
    const existing = bySourcedId.get(sourcedId) ?? byHand ?? null
    if (existing && !existing.sourcedId) byName.delete(fold(name))
    if (!org && !existing && named)
      report.warn(named, `${sourcedId} is in no orgs.csv: the school is named after its id`, 'schoolSourcedId')
    const { timeZone, locale } = existing ?? settings
    const key = existing ? String(existing.id) : `new ${sourcedId}`
    const archived = org?.status === 'tobedeleted'
    found.set(sourcedId, {
      key,
      sourcedId,
      name,
      extra: org ? orgExtra(org) : null,
      archived,
      existing,
      timeZone,
      locale,
      isNamed,
    })
  }
  for (const sourcedId of byClasses.keys()) plan(sourcedId)
  for (const sourcedId of byOthers)
    if (bySourcedId.has(sourcedId) || rows.orgs.get(sourcedId)?.fields.type?.toLowerCase() === 'school') plan(sourcedId)
  for (const sourcedId of bySourcedId.keys()) if (rows.orgs.has(sourcedId)) plan(sourcedId)
  if (reachesBeyond(staged)) for (const sourcedId of bySourcedId.keys()) plan(sourcedId, false)
  return orgTree(staged, [...found.values()])
}

function orgTree({ rows }: Staged, schoolsFound: PlannedSchool[]): Orgs {
  const byOrg = new Map(schoolsFound.map((school) => [school.sourcedId, school]))
  const below = new Map<string, PlannedSchool[]>()
  for (const school of schoolsFound) {
    const above = new Set<string>([school.sourcedId])
    let org = rows.orgs.get(school.sourcedId)?.fields.parentSourcedId ?? school.existing?.extra.parentSourcedId
    while (org && !above.has(org)) {
      above.add(org)
      below.set(org, [...(below.get(org) ?? []), school])
      org = rows.orgs.get(org)?.fields.parentSourcedId
    }
  }
  const named = schoolsFound.filter(({ isNamed }) => isNamed)
  const [first, ...others] = named.length ? named : schoolsFound
  const only = others.length ? undefined : first
  return { schools: schoolsFound, only, school: (org) => byOrg.get(org), below: (org) => below.get(org) ?? [] }
}
