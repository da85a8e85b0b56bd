/** The register's schools are copied into scratch space at one moment. */
import { and, asc, eq, gt, isNotNull, max } from 'drizzle-orm'
import type { Reader } from '../../../db/database.ts'
import { inUse } from '../../../db/rows.ts'
import type { rooms } from '../../../db/schema/index.ts'
import { journal, schoolEnrollments, students } from '../../../db/schema/index.ts'
import type { Scratch } from '../../../db/scratch/scratch.ts'
import type { Shelf } from '../../../db/scratch/shelf.ts'
import type { DayRange } from '../../calendar.ts'
import { grouped } from '../../grouped.ts'
import type { RecordEntity } from '../../kinds.ts'
import { kinds } from '../../kinds.ts'
import type { FoldedRow } from '../../records/folded-rows.ts'
import { foldedRowsOf, isFolded } from '../../records/folded-rows.ts'
import type { Stay } from '../../school-enrollments/follow.ts'
import { withoutZeros } from '../read/stage.ts'
import { KnownIds } from './known-ids.ts'
import type { PlannedSchool } from './schools.ts'

/** Rows refer only to entities before their own. */
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

/** Instants are ISO texts here, and the school is in the key. */
export interface Stored extends Record<string, unknown> {
  id: string
  version: number
  archivedAt: string | null
  sourcedId?: string | null
  extra?: Record<string, string>
}

export function foldedOf({ sourcedId = null, extra = {}, archivedAt, ...row }: Stored): FoldedRow[] {
  const { beginDate, endDate } = row as DayRange & typeof row
  return archivedAt || !isFolded(extra) ? [] : foldedRowsOf({ sourcedId, extra, beginDate, endDate })
}

export interface Known {
  /** As the register has them. The key is [entity, school, id]. */
  rows: Shelf<Stored>
  ids: KnownIds
  /** The record that shows the row among others. */
  folded: KnownIds
  /** The key is [entity, school, number, code or name], for records in use. */
  names: Shelf<string>
  /** The key is [entity, school, class, member, id]; of a link [entity, school, student, guardian, id]. */
  members: Shelf<null>
  /** The key is [entity, id without the zeros at its beginning, school], the value the id that a source gave. */
  zeros: Shelf<string>
  /** The key is [school, sourcedId], the value the archived record's id; `ids` leads to the one that remains. */
  merged: Shelf<string>
  /** A student's days at the school. The key is [school, student]. */
  days: Shelf<Stay[]>
  heads: Map<string, number>
  /** The entities of which there is a record: a first import asks thousands of times for others. */
  held: Set<Entity>
}

const pageRows = 1_000
const nameOf: Partial<Record<Entity, string>> = { student: 'number', course: 'code', room: 'name' }
const memberOf: Partial<Record<Entity, readonly [group: string, member: string]>> = {
  classTerm: ['classId', 'academicSessionId'],
  classInstructor: ['classId', 'instructorId'],
  enrollment: ['classId', 'studentId'],
  studentGuardian: ['studentId', 'guardianId'],
}

/** A record made by hand is known by its own id. */
export const ownId = ({ sourcedId, id }: Pick<Stored, 'sourcedId' | 'id'>): string => sourcedId ?? id

export function remember(known: Known, entity: Entity, school: string, row: Stored): void {
  known.held.add(entity)
  if ('sourcedId' in row) known.ids.put(entity, ownId(row), school, row.id)
  for (const { sourcedId } of foldedOf(row)) known.folded.put(entity, sourcedId, school, row.id)
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
    for (const { schoolId: _, archivedAt, ...row } of page) {
      const stored: Stored = { ...row, archivedAt: archivedAt?.toISOString() ?? null }
      if (stored.erasedAt instanceof Date) stored.erasedAt = stored.erasedAt.toISOString()
      known.rows.put([entity, String(schoolId), stored.id], stored)
      remember(known, entity, String(schoolId), stored)
      if (stored.sourcedId?.startsWith('0'))
        known.zeros.put([entity, withoutZeros(stored.sourcedId), String(schoolId)], stored.sourcedId)
    }
    const end = page.at(-1)
    if (page.length < pageRows || !end) return
    last = end.id
  }
}

/** A bundle's rows about a merged record concern the one that remains, perhaps over several merges. */
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
    known.ids.put('student', ownId(row), String(schoolId), last)
    known.merged.put([String(schoolId), ownId(row)], row.id)
  }
}

async function loadDays(db: Reader, known: Known, schoolId: number): Promise<void> {
  const { studentId, beginDate, endDate, exitType } = schoolEnrollments
  const rows = await db
    .select({ studentId, beginDate, endDate, exitType })
    .from(schoolEnrollments)
    .where(inUse(schoolEnrollments, schoolId))
  for (const [id, days] of grouped(rows, (row) => row.studentId)) known.days.put([String(schoolId), id], days)
}

export async function journalHead(db: Reader, schoolId: number): Promise<number> {
  const [head] = await db
    .select({ number: max(journal.number) })
    .from(journal)
    .where(eq(journal.schoolId, schoolId))
  return Number(head?.number ?? 0)
}

/** `db` must be a snapshot. */
export async function loadKnown(db: Reader, scratch: Scratch, schools: readonly PlannedSchool[]): Promise<Known> {
  const known: Known = {
    rows: scratch.shelf(),
    ids: new KnownIds(scratch),
    folded: new KnownIds(scratch),
    names: scratch.shelf(),
    members: scratch.shelf(),
    merged: scratch.shelf(),
    zeros: scratch.shelf(),
    days: scratch.shelf(),
    heads: new Map(),
    held: new Set(),
  }
  for (const { key, existing, isOutside, isNamed } of schools) {
    // What a bundle says of a school that it names is compared with that school alone.
    if (!existing || (isOutside && isNamed)) continue
    known.heads.set(key, await journalHead(db, existing.id))
    for (const entity of entities) await loadTable(db, known, entity, existing.id)
    await followMerges(db, known, existing.id)
    await loadDays(db, known, existing.id)
  }
  return known
}
