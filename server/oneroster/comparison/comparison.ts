import { newId } from '../../../db/kit.ts'
import { Recent } from '../../../db/scratch/recent.ts'
import type { Scratch } from '../../../db/scratch/scratch.ts'
import type { Shelf } from '../../../db/scratch/shelf.ts'
import { isSame } from '../../journal/entry.ts'
import { kinds } from '../../kinds.ts'
import { blankOf } from '../../records/write.ts'
import { withoutEncodedTwice } from '../read/encoded-twice.ts'
import type { Staged } from '../read/stage.ts'
import type { Report, RowPosition } from '../report.ts'
import type { Entity, Known, Stored } from './known.ts'
import { entities, remember } from './known.ts'
import { withoutMadeUp } from './made-up.ts'
import { RoleFindings } from './role-findings.ts'
import { rolesSaid } from './roles-said.ts'
import { RowCounts } from './row-counts.ts'
import type { Orgs, PlannedSchool } from './schools.ts'

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

function keptExtra({ extra }: Stored, { fields, hasColumn }: Wanted) {
  if (!hasColumn) return {}
  const others = Object.entries(extra ?? {}).filter(([name]) => !hasColumn(name))
  return { extra: { ...Object.fromEntries(others), ...(fields.extra as Stored['extra']) } }
}

const isSameRoles = (one = '', other = '') => rolesSaid(one) === rolesSaid(other)

/** Some systems write a new date into every row each night, which is no change. */
function saysTheSame(before: Stored, after: Stored): boolean {
  for (const field in after)
    if (field !== 'version' && field !== 'extra' && !isSame(before[field], after[field])) return false
  const [was, is] = [before.extra ?? {}, after.extra ?? {}]
  for (const name of new Set([...Object.keys(was), ...Object.keys(is)]))
    if (
      name !== 'dateLastModified' &&
      was[name] !== is[name] &&
      !(name === 'roles' && isSameRoles(was[name], is[name]))
    )
      return false
  return true
}

export interface Wanted {
  /** Fields that the bundle lacks stay as they are. */
  fields: Record<string, unknown>
  archived: boolean
  /** An `extra` column that the files do not have stays. */
  hasColumn?: (name: string) => boolean
}

export interface ClassPlace {
  named: ReadonlySet<PlannedSchool>
  schools: readonly PlannedSchool[]
}

export const rowIn = (
  { differences, known }: Pick<Comparison, 'differences' | 'known'>,
  key: readonly string[],
): Stored | undefined => differences.get(key)?.after ?? known.rows.get(key)

/** What is compared asks for the same records several times in a row. */
const recentAtMost = 500

const none: ReadonlySet<PlannedSchool> = new Set()

export class Comparison {
  readonly staged: Staged
  readonly known: Known
  readonly orgs: Orgs
  readonly report: Report
  readonly now: Date
  readonly counts = new RowCounts()
  readonly roleFindings = new RoleFindings()
  /** The key is [user, school]: the schools that the bundle names for a user. */
  readonly named: Shelf<null>
  /** The key is [entity, school, id]. */
  readonly differences: Shelf<Difference>
  /** The key is [school, entity, id]: these differences come from a row's absence alone. */
  readonly ending: Shelf<null>
  /** The key is the class and the school of a row. It is emptied whenever a class changes. */
  readonly places = new Map<string, ClassPlace>()
  readonly #recent = new Recent<Stored>(recentAtMost)
  readonly totals = Object.fromEntries([...entities, 'school'].map((entity) => [entity, nothing()])) as Totals

  constructor(scratch: Scratch, staged: Staged, known: Known, orgs: Orgs, report: Report, now: Date) {
    this.staged = staged
    this.known = known
    this.orgs = orgs
    this.report = report
    this.now = now
    this.named = scratch.shelf()
    this.differences = scratch.shelf()
    this.ending = scratch.shelf()
  }

  idOf(entity: Entity, { key }: PlannedSchool, sourcedId: string | undefined): string | undefined {
    if (sourcedId === undefined || !this.known.held.has(entity)) return undefined
    return this.known.ids.get(entity, sourcedId, key)
  }

  /** The merged record of a student gets nothing more: the one that remains has her own row. */
  isMerged(entity: Entity, { key }: PlannedSchool, sourcedId: string): boolean {
    if (entity !== 'student' || !this.known.merged.has([key, sourcedId])) return false
    this.report.note(
      'Students whose record was merged into another are left as they are; their classes count for the other',
    )
    return true
  }

  row(entity: Entity, { key }: PlannedSchool, id: string): Stored | undefined {
    const place = `${entity}\0${key}\0${id}`
    const recent = this.#recent.get(place)
    if (recent) return recent
    const row = rowIn(this, [entity, key, id])
    if (row) this.#recent.set(place, row)
    return row
  }

  #remember(entity: Entity, { key }: PlannedSchool, row: Stored): void {
    this.#recent.delete(`${entity}\0${key}\0${row.id}`)
    remember(this.known, entity, key, row)
  }

  #having(entity: Entity, sourcedId: string) {
    const { ids, folded, held } = this.known
    if (!held.has(entity)) return { having: [], unsure: [] }
    const keys = new Set([...ids.of(entity, sourcedId), ...folded.of(entity, sourcedId)].map(([school]) => school))
    if (!keys.size) return { having: [], unsure: [] }
    const all = this.orgs.schools.filter(({ key }) => keys.has(key))
    return { having: all.filter(({ isUnsure }) => !isUnsure), unsure: all.filter(({ isUnsure }) => isUnsure) }
  }

  has(entity: Entity, sourcedId: string): boolean {
    return this.#having(entity, sourcedId).having.length > 0
  }

  /** A row reaches only the schools it names; one that names none reaches those of its source that have the record. */
  schoolsWith(entity: Entity, sourcedId: string, named: ReadonlySet<PlannedSchool> = none): PlannedSchool[] {
    const { having } = this.#having(entity, sourcedId)
    if (named.size) return having.filter((school) => named.has(school))
    return this.orgs.isCertain || having.length === 1 ? having : []
  }

  /** Rejects a row that names no school when another system may have given a record the same id. */
  isAmbiguous(entity: Entity, sourcedId: string, row: RowPosition): boolean {
    const { having, unsure } = this.#having(entity, sourcedId)
    if (having.length ? this.orgs.isCertain || having.length === 1 : !unsure.length) return false
    const names = [...having, ...unsure].slice(0, 3).map(({ name, isOutside }) => (isOutside ? 'another school' : name))
    this.report.reject(
      row,
      `names no school, and ${names.join(', ')} may know ${sourcedId} from another system: name the school, or the system by --source`,
    )
    return true
  }

  /** Returns the id, which is new if there was none. The last row about a record counts. */
  settle(entity: Entity, school: PlannedSchool, id: string | undefined, wanted: Wanted): string {
    const current = id === undefined ? undefined : this.row(entity, school, id)
    const base: Stored = current ?? { ...blankOf(kinds[entity].table), id: newId(), version: 1, archivedAt: null }
    const archivedAt = wanted.archived ? (base.archivedAt ?? this.now.toISOString()) : null
    const fields = current ? withoutEncodedTwice(current, wanted.fields) : wanted.fields
    const told = { ...base, ...fields, ...keptExtra(base, wanted) }
    const after: Stored = { ...(current ? withoutMadeUp(base, told) : told), archivedAt }
    if (entity === 'class') this.places.clear()
    if (school.isOutside) {
      this.known.rows.put([entity, school.key, after.id], after)
      this.#remember(entity, school, after)
      return after.id
    }
    const key = [entity, school.key, after.id]
    const earlier = current && this.differences.get(key)
    if (earlier) this.#forget(key, entity, earlier)
    const before = earlier ? earlier.before : current
    if (before && saysTheSame(before, after)) {
      this.totals[entity].same++
      if (earlier) this.#remember(entity, school, before)
      return before.id
    }
    after.version = before ? before.version + 1 : 1
    const counted = archivedAt && !before?.archivedAt ? 'archived' : before ? 'changed' : 'new'
    this.totals[entity][counted]++
    this.differences.put(key, { ...(before && { before }), after, counted })
    if (base.sourcedId && base.sourcedId !== after.sourcedId) this.#release(entity, school, base)
    this.#remember(entity, school, after)
    return after.id
  }

  #release(entity: Entity, school: PlannedSchool, { id, sourcedId }: Stored): void {
    if (sourcedId && this.idOf(entity, school, sourcedId) === id) this.known.ids.delete(entity, sourcedId, school.key)
  }

  #forget(key: string[], entity: Entity, { counted }: Difference): void {
    this.totals[entity][counted]--
    this.differences.delete(key)
  }

  schoolsLeft(entity: Entity, sourcedId: string, schools: ReadonlySet<PlannedSchool>): PlannedSchool[] {
    return this.#having(entity, sourcedId).having.filter((school) => school.isNamed && !schools.has(school))
  }

  archiveElsewhere(entity: Entity, sourcedId: string, schools: ReadonlySet<PlannedSchool>): void {
    for (const school of this.schoolsLeft(entity, sourcedId, schools)) this.archive(entity, school, sourcedId)
  }

  archive(entity: Entity, school: PlannedSchool, sourcedId: string): boolean {
    const id = this.idOf(entity, school, sourcedId)
    if (!id) return false
    if (this.isMerged(entity, school, sourcedId)) return true
    this.settle(entity, school, id, { fields: {}, archived: true })
    return true
  }
}
