import { newId } from '../../db/kit.ts'
import type { Scratch, Shelf } from '../../db/scratch.ts'
import { canonical } from '../canonical.ts'
import { kinds } from '../kinds.ts'
import { blankOf } from '../records/write.ts'
import type { Entity, Known, Stored } from './known.ts'
import { entities, remember } from './known.ts'
import type { Place, Report } from './report.ts'
import type { Orgs, PlannedSchool } from './schools.ts'
import type { Staged } from './stage.ts'

/** A record as it is to be, and as it is when it is there. */
export interface Difference {
  before?: Stored
  after: Stored
  counted: Exclude<keyof Total, 'same'>
}

export interface Total {
  new: number
  changed: number
  same: number
  archived: number
}
export type Totals = Record<Entity | 'school', Total>
const nothing = (): Total => ({ new: 0, changed: 0, same: 0, archived: 0 })

/** What the record keeps that the files have no column for, and what they tell. */
function keptExtra({ extra }: Stored, { fields, told }: Wanted) {
  if (!told) return {}
  const untold = Object.entries(extra ?? {}).filter(([name]) => !told(name))
  return { extra: { ...Object.fromEntries(untold), ...(fields.extra as Stored['extra']) } }
}

/** Some systems date every row anew each night: that alone is no change. */
function saysTheSame(before: Stored, after: Stored): boolean {
  const said = ({ extra: { dateLastModified: _, ...extra } = {}, ...row }: Stored) =>
    canonical({ ...row, extra, version: 0 })
  return said(before) === said(after)
}

/** What a bundle says of one record. */
export interface Wanted {
  /** Only what the bundle tells; the rest stays as it is. */
  fields: Record<string, unknown>
  archived: boolean
  /** The columns of the files that tell of it. What is kept under another name stays. */
  told?: (name: string) => boolean
}

/** What is to change, gathered record by record. Nothing is written but scratch space. */
export class Comparison {
  readonly staged: Staged
  readonly known: Known
  readonly orgs: Orgs
  readonly report: Report
  readonly now: Date
  /** [entity, school, id] */
  readonly differences: Shelf<Difference>
  readonly totals = Object.fromEntries([...entities, 'school'].map((entity) => [entity, nothing()])) as Totals

  constructor(scratch: Scratch, staged: Staged, known: Known, orgs: Orgs, report: Report, now: Date) {
    this.staged = staged
    this.known = known
    this.orgs = orgs
    this.report = report
    this.now = now
    this.differences = scratch.shelf()
  }

  /** The id under which the school has the record. */
  idOf(entity: Entity, { key }: PlannedSchool, sourcedId: string | undefined): string | undefined {
    return sourcedId === undefined ? undefined : this.known.ids.get([entity, sourcedId, key])
  }

  /** Whether the school has merged the student of this id into another: her own row tells of her, this one no more. */
  isMerged(entity: Entity, { key }: PlannedSchool, sourcedId: string): boolean {
    if (entity !== 'student' || !this.known.merged.has([key, sourcedId])) return false
    this.report.note(
      'Students whose record was merged into another are left as they are; their classes count for the other',
    )
    return true
  }

  row(entity: Entity, { key }: PlannedSchool, id: string): Stored | undefined {
    return this.known.rows.get([entity, key, id])
  }

  #having(entity: Entity, sourcedId: string) {
    const keys = new Set([...this.known.ids.under([entity, sourcedId])].map(([[key]]) => key))
    const having = keys.size ? this.orgs.schools.filter(({ key }) => keys.has(key)) : []
    return { having, named: having.filter(({ isNamed }) => isNamed) }
  }

  /** The schools of this bundle that have the record; else the one of the register that has it. */
  schoolsWith(entity: Entity, sourcedId: string): PlannedSchool[] {
    const { having, named } = this.#having(entity, sourcedId)
    if (named.length) return named
    return having.length === 1 ? having : []
  }

  /** Rejects a row that could mean a record of several schools, none of which the bundle names. */
  isAmbiguous(entity: Entity, sourcedId: string, row: Place): boolean {
    const { having, named } = this.#having(entity, sourcedId)
    if (named.length || having.length < 2) return false
    const names = having.slice(0, 3).map(({ name }) => name)
    this.report.reject(row, `${sourcedId} is in several schools (${names.join(', ')}): name the school in the bundle`)
    return true
  }

  /** Notes how the record is to be; answers its id. It is `id`'s, else a new one. The last word on a record counts. */
  settle(entity: Entity, school: PlannedSchool, id: string | undefined, wanted: Wanted): string {
    const current = id === undefined ? undefined : this.row(entity, school, id)
    const base: Stored = current ?? { ...blankOf(kinds[entity].table), id: newId(), version: 1, archivedAt: null }
    const archivedAt = wanted.archived ? (base.archivedAt ?? this.now.toISOString()) : null
    const after: Stored = { ...base, ...wanted.fields, ...keptExtra(base, wanted), archivedAt }
    const key = [entity, school.key, after.id]
    const earlier = current && this.differences.get(key)
    if (earlier) this.#forget(key, entity, earlier)
    const before = earlier ? earlier.before : current
    if (before && saysTheSame(before, after)) {
      this.totals[entity].same++
      if (earlier) remember(this.known, entity, school.key, before)
      return before.id
    }
    after.version = before ? before.version + 1 : 1
    const counted = archivedAt && !before?.archivedAt ? 'archived' : before ? 'changed' : 'new'
    this.totals[entity][counted]++
    this.differences.put(key, { ...(before && { before }), after, counted })
    remember(this.known, entity, school.key, after)
    return after.id
  }

  #forget(key: string[], entity: Entity, { counted }: Difference): void {
    this.totals[entity][counted]--
    this.differences.delete(key)
  }

  /** Archives the record in the other schools of the bundle, which says that it is in these now. */
  archiveElsewhere(entity: Entity, sourcedId: string, schools: ReadonlySet<PlannedSchool>): void {
    for (const school of this.#having(entity, sourcedId).named)
      if (!schools.has(school)) this.archive(entity, school, sourcedId)
  }

  /** Archives what the school has under this sourcedId, as it stands; false when it has nothing. */
  archive(entity: Entity, school: PlannedSchool, sourcedId: string): boolean {
    const id = this.idOf(entity, school, sourcedId)
    if (!id) return false
    if (this.isMerged(entity, school, sourcedId)) return true
    this.settle(entity, school, id, { fields: {}, archived: true })
    return true
  }
}
