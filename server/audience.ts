/** Who may hear that a record has changed: whoever may read it. */
import type { Column } from 'drizzle-orm'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Reader } from '../db/database.ts'
import { alias } from '../db/kit.ts'
import {
  classes,
  classInstructors,
  classTerms,
  enrollments,
  meetings,
  studentAddresses,
  studentAlerts,
  students,
} from '../db/schema/index.ts'
import type { JournalEntity } from '../db/values.ts'
import type { Permission } from './access.ts'
import { allows } from './access.ts'
import type { Actor } from './context.ts'
import { asOne } from './records/kind.ts'
import { scopeOf } from './scope.ts'

/** A record somebody changed. */
export interface ChangedRecord {
  entity: JournalEntity
  id: string
  /** Whoever it was; none for the command line. */
  actorId: string | null
}

/** What reading the record asks for. */
const asksFor: Record<JournalEntity, Permission> = {
  school: 'home.read',
  membership: 'member.read',
  department: 'department.read',
  program: 'program.read',
  student: 'student.read',
  studentAddress: 'student.readPrivate',
  instructor: 'instructor.read',
  academicSession: 'academicSession.read',
  course: 'course.read',
  class: 'class.read',
  classTerm: 'class.read',
  classInstructor: 'class.read',
  enrollment: 'class.read',
  room: 'room.read',
  meeting: 'class.read',
  guardian: 'guardian.read',
  studentGuardian: 'guardian.read',
  studentAlert: 'student.readAlerts',
  savedView: 'savedView.read',
}

/** Of the records an instructor sees some of: the column that names the class, or the student, they belong to. */
const ofClass: Partial<Record<JournalEntity, Column>> = {
  class: classes.id,
  classTerm: classTerms.classId,
  classInstructor: classInstructors.classId,
  enrollment: enrollments.classId,
  meeting: meetings.classId,
}
const ofStudent: Partial<Record<JournalEntity, Column>> = {
  student: students.id,
  studentAddress: studentAddresses.studentId,
  studentAlert: studentAlerts.studentId,
}

const teaching = alias(classInstructors, 'teaching')

/** Who teaches, or taught, the classes these records belong to, or their students: pairs of a record and an instructor. */
async function teachersOf(db: Reader, schoolId: number, entity: JournalEntity, ids: readonly string[]) {
  const column = ofClass[entity] ?? ofStudent[entity]
  if (!column) return []
  const own = asOne(column.table as never)
  const records = db.select({ id: own.id, instructorId: teaching.instructorId }).from(own)
  const teaches = (classId: Column) =>
    and(eq(teaching.schoolId, own.schoolId), eq(teaching.classId, classId), isNull(teaching.archivedAt))
  const wanted = and(eq(own.schoolId, schoolId), inArray(own.id, [...ids]))
  if (ofClass[entity]) return records.innerJoin(teaching, teaches(column)).where(wanted)
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
    if (!allows(actor.role, asksFor[entity])) return false
    // A person's views are their own business.
    if (entity === 'savedView') return actorId === actor.userId
    const isScoped = entity in ofClass || entity in ofStudent
    return !isScoped || scopeOf(actor) === 'all' || own.has(pairOf(id, actor.instructorId))
  }
}
