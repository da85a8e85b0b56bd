/** What the register holds of the schools an import touches, copied into scratch space at one moment. */
import { and, asc, eq, gt, isNotNull, max } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import type { rooms } from '../../db/schema/index.ts'
import { journal, students } from '../../db/schema/index.ts'
import type { Scratch, Shelf } from '../../db/scratch.ts'
import type { RecordEntity } from '../kinds.ts'
import { kinds } from '../kinds.ts'
import type { PlannedSchool } from './schools.ts'

/** What an import writes, in the order in which the rows refer to each other. */
export const entities = [
  'academicSession',
  'course',
  'room',
  'student',
  'instructor',
  'guardian',
  'studentGuardian',
  'class',
  'classTerm',
  'classInstructor',
  'enrollment',
] as const satisfies readonly RecordEntity[]
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
  /** [entity, school, class, student, instructor or session, id]; of a link [entity, school, student, guardian, id] */
  members: Shelf<null>
  /** [school, sourcedId] of the students whose record was merged into another; `ids` leads to that one. */
  merged: Shelf<null>
  /** The last number of each school's journal, by its key. */
  heads: Map<string, number>
}

const pageRows = 1_000
const nameOf: Partial<Record<Entity, string>> = { student: 'number', course: 'code', room: 'name' }
/** What belongs to a class, or to a student: to which, and who or what it is. */
const memberOf: Partial<Record<Entity, readonly [group: string, member: string]>> = {
  classTerm: ['classId', 'academicSessionId'],
  classInstructor: ['classId', 'instructorId'],
  enrollment: ['classId', 'studentId'],
  studentGuardian: ['studentId', 'guardianId'],
}

export function remember(known: Known, entity: Entity, school: string, row: Stored): void {
  known.rows.put([entity, school, row.id], row)
  if (row.sourcedId) known.ids.put([entity, row.sourcedId, school], row.id)
  const name = row[nameOf[entity] ?? '']
  if (typeof name === 'string' && !row.archivedAt) known.names.put([entity, school, name], row.id)
  const [group, member] = memberOf[entity] ?? []
  if (group && member) known.members.put([entity, school, String(row[group]), String(row[member]), row.id], null)
}

async function loadTable(db: Reader, known: Known, entity: Entity, schoolId: number): Promise<void> {
  const table = kinds[entity].table as typeof rooms
  let last = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const page = await db
      .select()
      .from(table)
      .where(and(eq(table.schoolId, schoolId), gt(table.id, last)))
      .orderBy(asc(table.id))
      .limit(pageRows)
    for (const { schoolId: _, archivedAt, ...row } of page)
      remember(known, entity, String(schoolId), { ...row, archivedAt: archivedAt?.toISOString() ?? null })
    const end = page.at(-1)
    if (page.length < pageRows || !end) return
    last = end.id
  }
}

/** What is told of a record that was merged away is told of the one it went into, perhaps by way of others. */
async function followMerges(db: Reader, known: Known, schoolId: number): Promise<void> {
  const { id, sourcedId, mergedIntoId } = students
  const rows = await db
    .select({ id, sourcedId, mergedIntoId })
    .from(students)
    .where(and(eq(students.schoolId, schoolId), isNotNull(mergedIntoId)))
  const into = new Map(rows.map((row) => [row.id, row.mergedIntoId ?? row.id]))
  for (const row of rows) {
    let last = row.id
    for (const seen = new Set<string>(); into.has(last) && !seen.has(last); last = into.get(last) ?? last)
      seen.add(last)
    if (!row.sourcedId) continue
    known.ids.put(['student', row.sourcedId, String(schoolId)], last)
    known.merged.put([String(schoolId), row.sourcedId], null)
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
    merged: scratch.shelf(),
    heads: new Map(),
  }
  for (const { key, existing } of schools) {
    if (!existing) continue
    known.heads.set(key, await journalHead(db, existing.id))
    for (const entity of entities) await loadTable(db, known, entity, existing.id)
    await followMerges(db, known, existing.id)
  }
  return known
}
