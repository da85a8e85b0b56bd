/** Who may hear that a record has changed: whoever may read it. */
import type { Column } from 'drizzle-orm'
import { and, eq, getTableColumns, inArray, isNull } from 'drizzle-orm'
import type { Reader } from '../db/database.ts'
import { alias } from '../db/kit.ts'
import { classInstructors, enrollments } from '../db/schema/index.ts'
import type { JournalEntity } from '../db/values.ts'
import { allows } from './access.ts'
import type { Actor } from './context.ts'
import { kinds, toldOf } from './kinds.ts'
import { asOne } from './records/kind.ts'
import { referencesOf } from './records/refer.ts'
import { scopeOf } from './scope.ts'

/** A record somebody changed. */
export interface ChangedRecord {
  entity: JournalEntity
  id: string
  /** Whoever it was; none for the command line. */
  actorId: string | null
}

/** The column that names the class, or the student, that a record belongs to: of those an instructor sees some of. */
function ownerOf(entity: JournalEntity): { column: Column; of: 'class' | 'student' } | undefined {
  if (entity === 'school') return undefined
  const table = asOne(kinds[entity].table)
  const columns = getTableColumns(table)
  if (entity === 'class' || entity === 'student') return { column: table.id, of: entity }
  const owners = referencesOf(kinds[entity]).filter(({ refers }) => refers.owns)
  for (const of of ['class', 'student'] as const) {
    const owner = owners.find(({ refers }) => refers.to === of)
    if (owner) return { column: columns[owner.field as 'id'], of }
  }
  return undefined
}

const teaching = alias(classInstructors, 'teaching')

/** Who teaches, or taught, the classes these records belong to, or their students: pairs of a record and an instructor. */
async function teachersOf(db: Reader, schoolId: number, entity: JournalEntity, ids: readonly string[]) {
  const owner = ownerOf(entity)
  if (!owner) return []
  const { column, of } = owner
  const own = asOne(column.table as never)
  const records = db.select({ id: own.id, instructorId: teaching.instructorId }).from(own)
  const teaches = (classId: Column) =>
    and(eq(teaching.schoolId, own.schoolId), eq(teaching.classId, classId), isNull(teaching.archivedAt))
  const wanted = and(eq(own.schoolId, schoolId), inArray(own.id, [...ids]))
  if (of === 'class') return records.innerJoin(teaching, teaches(column)).where(wanted)
  return records
    .innerJoin(
      enrollments,
      and(eq(enrollments.schoolId, own.schoolId), eq(enrollments.studentId, column), isNull(enrollments.archivedAt)),
    )
    .innerJoin(teaching, teaches(enrollments.classId))
    .where(wanted)
}

/** An assignment is its instructor's business also when it has been taken away. */
const assignedTo = (db: Reader, schoolId: number, ids: readonly string[]) =>
  db
    .select({ id: classInstructors.id, instructorId: classInstructors.instructorId })
    .from(classInstructors)
    .where(and(eq(classInstructors.schoolId, schoolId), inArray(classInstructors.id, [...ids])))

const pairOf = (id: string, instructorId: string | null) => `${id} ${instructorId}`

async function ownRecords(db: Reader, schoolId: number, entries: readonly ChangedRecord[]): Promise<Set<string>> {
  const pairs = new Set<string>()
  for (const entity of new Set(entries.map((entry) => entry.entity))) {
    const ids = entries.filter((entry) => entry.entity === entity).map(({ id }) => id)
    const found = await teachersOf(db, schoolId, entity, ids)
    if (entity === 'classInstructor') found.push(...(await assignedTo(db, schoolId, ids)))
    for (const { id, instructorId } of found) pairs.add(pairOf(id, instructorId))
  }
  return pairs
}

/** Answers whether an actor may hear of one of these entries. */
export async function audienceOf(
  db: Reader,
  schoolId: number,
  entries: readonly ChangedRecord[],
  actors: Iterable<Actor>,
): Promise<(actor: Actor, entry: ChangedRecord) => boolean> {
  const someSeeOnlyTheirOwn = [...actors].some((actor) => scopeOf(actor) === 'own')
  const own = someSeeOnlyTheirOwn ? await ownRecords(db, schoolId, entries) : new Set<string>()
  return (actor, { entity, id, actorId }) => {
    const { read, isPrivate } = toldOf(entity)
    if (!allows(actor.role, read)) return false
    if (isPrivate) return actorId === actor.userId
    return !ownerOf(entity) || scopeOf(actor) === 'all' || own.has(pairOf(id, actor.instructorId))
  }
}
