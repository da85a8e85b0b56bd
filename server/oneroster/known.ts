/** What the register holds of the schools an import touches, copied into scratch space at one moment. */
import { and, asc, eq, gt, max } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import type { rooms } from '../../db/schema/index.ts'
import { journal } from '../../db/schema/index.ts'
import type { Scratch, Shelf } from '../../db/scratch.ts'
import type { BulkEntity } from '../journal/bulk.ts'
import { journaledTables } from '../journal/bulk.ts'
import type { PlannedSchool } from './schools.ts'

/** What an import writes, in the order in which the rows refer to each other. */
export const entities = [
  'academicSession',
  'course',
  'room',
  'student',
  'instructor',
  'class',
  'classTerm',
  'classInstructor',
  'enrollment',
] as const satisfies readonly BulkEntity[]
export type Entity = (typeof entities)[number]

/** A row of the register without its school; instants are ISO texts. */
export interface Stored extends Record<string, unknown> {
  id: string
  version: number
  archivedAt: string | null
  sourcedId?: string | null
  extra?: Record<string, string>
}

export interface Known {
  /** [entity, school, id] */
  rows: Shelf<Stored>
  /** [entity, sourcedId, school] -> id */
  ids: Shelf<string>
  /** [entity, school, number, code or name] -> id, of what is not archived */
  names: Shelf<string>
  /** [entity, school, class, student, instructor or session, id] */
  members: Shelf<null>
  /** The last number of each school's journal, by its key. */
  heads: Map<string, number>
}

const pageRows = 1_000
const nameOf: Partial<Record<Entity, string>> = { student: 'number', course: 'code', room: 'name' }
export const memberOf = {
  classTerm: 'academicSessionId',
  classInstructor: 'instructorId',
  enrollment: 'studentId',
} as const satisfies Partial<Record<Entity, string>>
export const isMember = (entity: Entity): entity is keyof typeof memberOf => entity in memberOf

export function remember(known: Known, entity: Entity, school: string, row: Stored): void {
  known.rows.put([entity, school, row.id], row)
  if (row.sourcedId) known.ids.put([entity, row.sourcedId, school], row.id)
  const name = row[nameOf[entity] ?? '']
  if (typeof name === 'string' && !row.archivedAt) known.names.put([entity, school, name], row.id)
  if (isMember(entity))
    known.members.put([entity, school, String(row.classId), String(row[memberOf[entity]]), row.id], null)
}

async function loadTable(db: Reader, known: Known, entity: Entity, schoolId: number): Promise<void> {
  const table = journaledTables[entity] as typeof rooms
  let last = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const page = await db
      .select()
      .from(table)
      .where(and(eq(table.schoolId, schoolId), gt(table.id, last)))
      .orderBy(asc(table.id))
      .limit(pageRows)
    for (const { schoolId: _, ...row } of page) remember(known, entity, String(schoolId), row as unknown as Stored)
    const end = page.at(-1)
    if (page.length < pageRows || !end) return
    last = end.id
  }
}

export async function journalHead(db: Reader, schoolId: number): Promise<number> {
  const [head] = await db
    .select({ number: max(journal.number) })
    .from(journal)
    .where(eq(journal.schoolId, schoolId))
  return Number(head?.number ?? 0)
}

/** Reads through `db`, which shows one moment. */
export async function loadKnown(db: Reader, scratch: Scratch, schools: readonly PlannedSchool[]): Promise<Known> {
  const known: Known = {
    rows: scratch.shelf(),
    ids: scratch.shelf(),
    names: scratch.shelf(),
    members: scratch.shelf(),
    heads: new Map(),
  }
  for (const { key, existing } of schools) {
    if (!existing) continue
    known.heads.set(key, await journalHead(db, existing.id))
    for (const entity of entities) await loadTable(db, known, entity, existing.id)
  }
  return known
}
