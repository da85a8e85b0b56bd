/** What the register has of a source, and a complete file of that source no longer does. */
import type { Shelf } from '../../../db/scratch/shelf.ts'
import { missingKinds } from '../../../db/values.ts'
import { today } from '../../calendar.ts'
import type { Comparison } from '../comparison/comparison.ts'
import type { Entity, Stored } from '../comparison/known.ts'
import { foldedOf, ownId } from '../comparison/known.ts'
import { isComplete } from '../comparison/row-counts.ts'
import type { PlannedSchool } from '../comparison/schools.ts'
import type { FileKind } from '../read/files.ts'
import { bundleHas } from '../read/stage.ts'
import type { MemberEntity } from './member.ts'
import { memberEntities, personEntity, personField } from './member.ts'
import { isOpen } from './open-members.ts'
import { daysOfClass } from './term-days.ts'

export type MissingKind = (typeof missingKinds)[number]

export interface MissingRecord {
  kind: MissingKind
  school: string
  sourcedId: string
  name: string
}
export interface MissingCount {
  kind: MissingKind
  count: number
  first: string[]
}
const firstNames = 5
const people = ['student', 'instructor', 'guardian'] as const

const personName = (row: Stored | undefined): string =>
  [row?.givenName, row?.familyName].filter(Boolean).join(' ') || String(row?.sourcedId ?? '')

export class Missing {
  readonly #comparison: Comparison
  readonly #counts = new Map<MissingKind, MissingCount>()
  readonly #schools: ReadonlyMap<string, PlannedSchool>
  /** The key is [entity, school, id]: these people and classes are missing. */
  readonly #gone: Shelf<null>
  readonly #leftOut = new Map<string, boolean>()
  readonly #records: Shelf<MissingRecord>
  /** The key is [entity, school, id], the value the ids of the rows that the bundle lacks. */
  readonly members: Shelf<string[]>

  constructor(comparison: Comparison) {
    this.#comparison = comparison
    const { scratch } = comparison.staged
    this.#gone = scratch.shelf()
    this.#records = scratch.shelf()
    this.members = scratch.shelf()
    const named = comparison.orgs.schools.filter(
      ({ isNamed, isOutside, existing, archived }) => isNamed && !isOutside && existing && !archived,
    )
    this.#schools = new Map(named.map((school) => [school.key, school]))
  }

  get counts(): MissingCount[] {
    return missingKinds.flatMap((kind) => this.#counts.get(kind) ?? [])
  }

  *list(): Generator<MissingRecord> {
    for (const [, record] of this.#records.entries()) yield record
  }

  /** The row may be one of several that the record shows. */
  *rowsOf(kind: MissingKind): Generator<{ schoolId: number; id: string; sourcedId: string }> {
    for (const [[key = '', id = '', sourcedId = '']] of this.#records.under(kind)) {
      const schoolId = this.#schools.get(key)?.existing?.id
      if (schoolId !== undefined) yield { schoolId, id, sourcedId }
    }
  }

  get schools(): PlannedSchool[] {
    return [...this.#schools.values()]
  }

  dayIn(school: PlannedSchool): string {
    return today({ school, now: this.#comparison.now })
  }

  #add(kind: MissingKind, school: PlannedSchool, row: Stored, sourcedId: string, name: string): void {
    const counted = this.#counts.get(kind) ?? { kind, count: 0, first: [] }
    this.#counts.set(kind, counted)
    counted.count++
    if (counted.first.length < firstNames) counted.first.push(name)
    this.#records.put([kind, school.key, row.id, sourcedId], { kind, school: school.name, sourcedId, name })
  }

  /** What staff have made is not the source's. */
  *#absent(entity: Entity, file: FileKind): Generator<[PlannedSchool, Stored]> {
    const { known, staged } = this.#comparison
    for (const { sourcedId, school: key, id } of known.ids.under(entity)) {
      const school = this.#schools.get(key)
      if (!school || bundleHas(staged, file, sourcedId)) continue
      const row = this.#comparison.row(entity, school, id)
      if (row && !row.archivedAt && row.sourcedId === sourcedId) yield [school, row]
    }
  }

  findPeople(): void {
    for (const entity of people)
      for (const [school, row] of this.#absent(entity, 'users')) {
        if (row.status === 'inactive') continue
        this.#gone.put([entity, school.key, row.id], null)
        this.#add(entity, school, row, ownId(row), personName(row))
      }
  }

  /** Many systems leave out classes whose terms are over. */
  #isLeftOut(school: PlannedSchool, classId: string): boolean {
    const known = this.#leftOut.get(classId)
    if (known !== undefined) return known
    const row = this.#comparison.row('class', school, classId)
    const days = daysOfClass(this.#comparison, school, classId)
    const isOver = days !== undefined && days.last < this.dayIn(school)
    const isLeftOut = isOver && row !== undefined && !bundleHas(this.#comparison.staged, 'classes', ownId(row))
    this.#leftOut.set(classId, isLeftOut)
    return isLeftOut
  }

  findClasses(): void {
    for (const [school, row] of this.#absent('class', 'classes')) {
      if (this.#isLeftOut(school, row.id)) continue
      this.#gone.put(['class', school.key, row.id], null)
      this.#add('class', school, row, ownId(row), String(row.title))
    }
  }

  #addMember(entity: MemberEntity, school: PlannedSchool, row: Stored, rows: string[]): void {
    const isClosed = !isOpen(entity, row, this.dayIn(school)) || this.#isLeftOut(school, String(row.classId))
    if (isClosed || !rows.length || this.members.has([entity, school.key, row.id])) return
    const person = this.#comparison.row(personEntity[entity], school, String(row[personField[entity]]))
    const taught = this.#comparison.row('class', school, String(row.classId))
    this.members.put([entity, school.key, row.id], rows)
    for (const sourcedId of rows)
      this.#add(entity, school, row, sourcedId, `${personName(person)} in ${String(taught?.title)}`)
  }

  /** Of several rows that the record shows, those that are over are no longer missed. */
  #rowsLacking(school: PlannedSchool, row: Stored): string[] {
    const folded = foldedOf(row)
    const day = this.dayIn(school)
    const inUse = folded.filter(({ status, endDate }) => !status && (endDate === null || endDate > day))
    const ids = folded.length ? inUse.map(({ sourcedId }) => sourcedId) : [ownId(row)]
    return ids.filter((id) => !bundleHas(this.#comparison.staged, 'enrollments', id))
  }

  findMembers(): void {
    const { known, staged } = this.#comparison
    for (const entity of memberEntities) {
      for (const [school, row] of this.#absent(entity, 'enrollments'))
        this.#addMember(entity, school, row, this.#rowsLacking(school, row))
      for (const { sourcedId, school: key, id } of known.folded.under(entity)) {
        const school = this.#schools.get(key)
        const row = school && !bundleHas(staged, 'enrollments', sourcedId) && this.#comparison.row(entity, school, id)
        if (school && row && row.sourcedId !== null)
          this.#addMember(entity, school, row, this.#rowsLacking(school, row))
      }
    }
  }

  /** The bundle has no enrollments, or not all of them, and lacks the person or the class. */
  findMembersOfMissing(): void {
    const { known } = this.#comparison
    if (this.#gone.isEmpty) return
    for (const school of this.schools)
      for (const entity of memberEntities)
        for (const [[classId = '', person = '', id = '']] of known.members.under([entity, school.key])) {
          const isGone =
            this.#gone.has(['class', school.key, classId]) || this.#gone.has([personEntity[entity], school.key, person])
          const row = isGone ? this.#comparison.row(entity, school, id) : undefined
          const rows = row?.sourcedId ? this.#rowsLacking(school, row) : []
          if (row) this.#addMember(entity, school, row, rows)
        }
  }
}

/** Must run after everything is compared: a row may have taken over a record under another id. */
export function findMissing(comparison: Comparison): Missing {
  const missing = new Missing(comparison)
  const { staged } = comparison
  if (isComplete(staged, 'users')) missing.findPeople()
  if (isComplete(staged, 'classes')) missing.findClasses()
  if (isComplete(staged, 'enrollments')) missing.findMembers()
  else missing.findMembersOfMissing()
  return missing
}
