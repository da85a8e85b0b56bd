import type { Reader } from '../../../db/database.ts'
import { fold } from '../../../db/folding.ts'
import type { SchoolRow } from '../../schools/create.ts'
import { withoutEncodedTwice } from '../read/encoded-twice.ts'
import type { Row } from '../read/row.ts'
import type { Staged } from '../read/stage.ts'
import { readList } from '../read/values.ts'
import type { Report } from '../report.ts'
import { refuseLostOrgs } from './lost-orgs.ts'
import type { BundleSource, Registered } from './registered.ts'
import { refuseOtherSource, registeredSchools, unnamedSource, withoutNames } from './registered.ts'

export interface PlannedSchool {
  key: string
  source: string | null
  sourcedId: string
  name: string
  extra: Record<string, string> | null
  archived: boolean
  /** Other schools are read for records that the bundle names without their school. */
  isNamed: boolean
  /** No row reaches it: its records are read to tell which rows are ambiguous. */
  isUnsure: boolean
  /** Whoever imports may not import there: nothing of it is written. */
  isOutside: boolean
  existing: SchoolRow | null
  timeZone: string
  locale: string
}

export interface Orgs {
  schools: PlannedSchool[]
  seen: ReadonlySet<number>
  /** A record without a school may be in several schools. */
  isCertain: boolean
  /** Records without a school belong to the only one. */
  only: PlannedSchool | undefined
  school(org: string): PlannedSchool | undefined
  below(org: string): readonly PlannedSchool[]
}

interface Mentioned {
  byClasses: ReadonlyMap<string, Row>
  byOthers: ReadonlyMap<string, Row>
}

/** Classes name their schools, other rows any organization. */
function mentioned({ rows }: Staged): Mentioned {
  const byClasses = new Map<string, Row>()
  const byOthers = new Map<string, Row>()
  const name = (org: string | undefined, row: Row) => {
    if (org && !byOthers.has(org)) byOthers.set(org, row)
  }
  for (const [, row] of rows.classes.entries()) {
    const org = schoolOrgOf(row, rows.courses)
    if (org && !byClasses.has(org)) byClasses.set(org, row)
  }
  for (const [, row] of rows.users.entries())
    for (const org of [...readList(row.fields.orgSourcedIds), row.fields.primaryOrgSourcedId]) name(org, row)
  for (const shelf of [rows.roles, rows.courses])
    for (const [, row] of shelf.entries()) name(row.fields.orgSourcedId, row)
  for (const [, row] of rows.enrollments.entries()) name(row.fields.schoolSourcedId, row)
  return { byClasses, byOthers }
}

export const schoolOrgOf = ({ fields }: Row, courses: Staged['rows']['courses']): string | undefined =>
  fields.schoolSourcedId ??
  (fields.courseSourcedId && courses.get(fields.courseSourcedId)?.fields.orgSourcedId) ??
  undefined

/** Such rows may mean any school of their source. */
function reachesBeyond({ rows }: Staged): boolean {
  if (rows.classes.isEmpty) return true
  for (const [, row] of rows.classes.entries()) if (!schoolOrgOf(row, rows.courses)) return true
  for (const [, { fields }] of rows.courses.entries()) if (!fields.orgSourcedId) return true
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

/** A school made here has no type, and our own export calls it a school. */
function orgExtra({ fields, extra, status }: Row, existing: SchoolRow | null): Record<string, string> {
  const { parentSourcedId } = fields
  const type = existing && !existing.extra.type && fields.type === 'school' ? undefined : fields.type
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
export interface Reach {
  /** No school is made where this is given. */
  only?: ReadonlySet<number> | undefined
  /** A school made by hand that the bundle calls so. */
  adopt?: { sourcedId: string; schoolId: number } | undefined
}

class SchoolPlan {
  readonly #staged: Staged
  readonly #source: BundleSource
  readonly #registered: Registered
  readonly #settings: NewSchoolSettings & Reach
  readonly #report: Report
  readonly found = new Map<string, PlannedSchool>()

  constructor(
    staged: Staged,
    source: BundleSource,
    registered: Registered,
    settings: NewSchoolSettings & Reach,
    report: Report,
  ) {
    this.#staged = staged
    this.#source = source
    this.#registered = registered
    this.#settings = settings
    this.#report = report
  }

  #existing(sourcedId: string, name: string, isLeaving: boolean): SchoolRow | null {
    const { known, byName } = this.#registered
    const own = known.get(sourcedId)
    if (own || isLeaving) return own ?? null
    const byHand = byName.get(fold(name)) ?? null
    byName.delete(fold(name))
    return byHand
  }

  #isOutside(existing: SchoolRow | null): boolean {
    const { only } = this.#settings
    return only !== undefined && !(existing && only.has(existing.id))
  }

  name(sourcedId: string, row?: Row): void {
    if (this.found.has(sourcedId)) return
    const org = this.#staged.rows.orgs.get(sourcedId)
    const told = org?.fields.name ?? this.#registered.known.get(sourcedId)?.name ?? sourcedId
    const archived = org?.status === 'tobedeleted'
    const existing = this.#existing(sourcedId, told, archived)
    const { name } = withoutEncodedTwice(existing ?? {}, { name: told }) as { name: string }
    if (!org && !existing && row)
      this.#report.warn(row, `${sourcedId} is in no orgs.csv: the school is named after its id`, 'schoolSourcedId')
    const other = this.#registered.foreign.get(sourcedId)
    if (other && !existing && (org ?? row))
      this.#report.warn(
        org ?? (row as Row),
        `the source ${other.source} knows ${other.name} by the id ${sourcedId}: this is another school`,
      )
    const { timeZone, locale } = existing ?? this.#settings
    const key = existing ? String(existing.id) : `new ${sourcedId}`
    const extra = org ? orgExtra(org, existing) : null
    const school = { key, source: this.#source.name, sourcedId, name, extra, archived, existing, timeZone, locale }
    this.found.set(sourcedId, { ...school, isNamed: true, isUnsure: false, isOutside: this.#isOutside(existing) })
  }

  beyond(existing: SchoolRow, isUnsure: boolean): PlannedSchool[] {
    const { id, source, sourcedId, name, timeZone, locale } = existing
    if (sourcedId === null || this.found.get(sourcedId)?.existing?.id === id) return []
    const archived = existing.archivedAt !== null
    const told = { key: String(id), source, sourcedId, name, extra: null, archived, existing, timeZone, locale }
    return [{ ...told, isNamed: false, isUnsure, isOutside: this.#isOutside(existing) }]
  }
}

/** Whoever says a new source for schools of the same names that had none means the same schools. */
function refuseForeign({ rows }: Staged, source: BundleSource, { known, foreign }: Registered, named: Mentioned): void {
  const isSchool = (id: string) => {
    const org = rows.orgs.get(id)
    if (named.byClasses.has(id)) return true
    return org ? (org.fields.type ?? 'school').toLowerCase() === 'school' : named.byOthers.has(id)
  }
  const others = [...foreign].filter(([id]) => !known.has(id) && isSchool(id))
  const isMeant = ([id, school]: (typeof others)[number]) =>
    school.source === unnamedSource && fold(rows.orgs.get(id)?.fields.name ?? school.name) === fold(school.name)
  refuseOtherSource(
    source,
    (source.isSaid ? others.filter(isMeant) : others).map(([, school]) => school),
  )
}

/** A class makes its organization a school, whatever its type. A school made by hand is matched by its name. */
export async function findSchools(
  db: Reader,
  staged: Staged,
  { source, ...settings }: NewSchoolSettings & Reach & { source: BundleSource },
  report: Report,
): Promise<Orgs> {
  const { rows } = staged
  const registered = withoutNames(await registeredSchools(db, source, settings.adopt), settings.only)
  const named = mentioned(staged)
  refuseForeign(staged, source, registered, named)
  refuseLostOrgs(staged, registered.known, [...named.byClasses, ...named.byOthers])
  const plan = new SchoolPlan(staged, source, registered, settings, report)
  for (const [sourcedId, row] of named.byClasses) plan.name(sourcedId, row)
  for (const sourcedId of named.byOthers.keys())
    if (registered.known.has(sourcedId) || rows.orgs.get(sourcedId)?.fields.type?.toLowerCase() === 'school')
      plan.name(sourcedId)
  for (const sourcedId of registered.known.keys()) if (rows.orgs.has(sourcedId)) plan.name(sourcedId)
  const namesSchools = plan.found.size > 0
  const { kin, unsure } = registered
  const isKin = source.isNamed || !namesSchools
  const beyond = reachesBeyond(staged)
    ? [
        ...kin.flatMap((school) => plan.beyond(school, !isKin)),
        ...unsure.flatMap((school) => plan.beyond(school, true)),
      ]
    : []
  const isCertain = source.isNamed || namesSchools
  return { ...orgTree(staged, [...plan.found.values(), ...beyond]), seen: registered.ids, isCertain }
}

function orgTree({ rows }: Staged, all: PlannedSchool[]): Omit<Orgs, 'seen' | 'isCertain'> {
  const reached = all.filter(({ isUnsure }) => !isUnsure)
  const byOrg = new Map(reached.map((school) => [school.sourcedId, school]))
  const below = new Map<string, PlannedSchool[]>()
  for (const school of reached) {
    const above = new Set<string>([school.sourcedId])
    let org = rows.orgs.get(school.sourcedId)?.fields.parentSourcedId ?? school.existing?.extra.parentSourcedId
    while (org && !above.has(org)) {
      above.add(org)
      below.set(org, [...(below.get(org) ?? []), school])
      org = rows.orgs.get(org)?.fields.parentSourcedId
    }
  }
  const named = reached.filter(({ isNamed }) => isNamed)
  const [first, ...others] = named.length ? named : reached
  const only = others.length ? undefined : first
  return { schools: all, only, school: (org) => byOrg.get(org), below: (org) => below.get(org) ?? [] }
}
