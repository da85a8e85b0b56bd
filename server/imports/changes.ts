import type { Database } from '../../db/database.ts'
import type { Plan } from '../oneroster/compare.ts'
import type { Difference } from '../oneroster/comparison/comparison.ts'
import { rowIn } from '../oneroster/comparison/comparison.ts'
import type { Entity, Stored } from '../oneroster/comparison/known.ts'
import { entities } from '../oneroster/comparison/known.ts'
import type { PlannedSchool } from '../oneroster/comparison/schools.ts'
import { changeCounts } from './input.ts'
import type { ImportKey } from './pieces.ts'
import { dropPieces, writePiece } from './pieces.ts'

export const changesOnPage = 50
/** Of one kind and one sort of change. A first import adds everybody, and nobody reads on. */
const pagesAtMost = 40

export interface ToldChange {
  school: string
  name: string
  sourcedId: string | null
  fields: { field: string; before: unknown; after: unknown }[]
}

export const shelfOf = (entity: string, counted: string): string => `changes ${entity} ${counted}`
const isOfChanges = (shelf: string) => shelf.startsWith('changes ')

/** What a person cannot judge: bookkeeping, and what is derived. */
const untold = new Set(['id', 'version', 'extra', 'sortName', 'searchText', 'numberOrder', 'archivedAt', 'sourcedId'])
const refersTo: Record<string, Entity> = {
  studentId: 'student',
  instructorId: 'instructor',
  guardianId: 'guardian',
  classId: 'class',
  courseId: 'course',
  roomId: 'room',
  academicSessionId: 'academicSession',
  parentId: 'academicSession',
}

class Names {
  readonly #plan: Plan
  readonly #key: string

  constructor(plan: Plan, { key }: PlannedSchool) {
    this.#plan = plan
    this.#key = key
  }

  of(entity: Entity, row: Stored): string {
    const own = row.name ?? row.title ?? [row.givenName, row.familyName].filter(Boolean).join(' ')
    if (own) return String(own)
    const parts = Object.entries(refersTo).flatMap(([field, to]) =>
      typeof row[field] === 'string' ? this.#named(to, String(row[field])) : [],
    )
    return parts.join(', ') || (row.sourcedId ?? entity)
  }

  #named(entity: Entity, id: string): string {
    const row = rowIn(this.#plan, [entity, this.#key, id])
    return row ? this.of(entity, row) : id
  }

  value(field: string, value: unknown): unknown {
    const to = refersTo[field]
    return to && typeof value === 'string' ? this.#named(to, value) : (value ?? null)
  }
}

function told(names: Names, school: PlannedSchool, entity: Entity, { before, after }: Difference): ToldChange {
  const isSame = (field: string) => JSON.stringify(before?.[field] ?? null) === JSON.stringify(after[field] ?? null)
  const fields = Object.keys(after).filter((field) => !untold.has(field) && !isSame(field))
  return {
    school: school.name,
    name: names.of(entity, after),
    sourcedId: after.sourcedId ?? null,
    fields: fields.map((field) => ({
      field,
      before: before ? names.value(field, before[field]) : null,
      after: names.value(field, after[field]),
    })),
  }
}

async function keepOf(db: Database, key: ImportKey, plan: Plan, entity: Entity): Promise<void> {
  const pages = new Map<string, { page: ToldChange[]; number: number }>()
  for (const school of plan.schools) {
    const names = new Names(plan, school)
    for (const [, difference] of plan.differences.under([entity, school.key])) {
      const { counted } = difference
      const open = pages.get(counted) ?? { page: [], number: 0 }
      pages.set(counted, open)
      if (open.number >= pagesAtMost) continue
      open.page.push(told(names, school, entity, difference))
      if (open.page.length < changesOnPage) continue
      await writePiece(db, key, shelfOf(entity, counted), open.number++, open.page)
      open.page = []
    }
  }
  for (const counted of changeCounts) {
    const open = pages.get(counted)
    if (open?.page.length) await writePiece(db, key, shelfOf(entity, counted), open.number, open.page)
  }
}

export async function keepChanges(db: Database, key: ImportKey, plan: Plan): Promise<void> {
  await dropPieces(db, key, isOfChanges)
  for (const entity of entities) await keepOf(db, key, plan, entity)
}
