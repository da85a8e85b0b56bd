/** Whoever may read a record may hear that it has changed. */
import { inArray } from 'drizzle-orm'
import type { Reader } from '../db/database.ts'
import { inUse } from '../db/rows.ts'
import { classInstructors, enrollments } from '../db/schema/index.ts'
import type { JournalEntity } from '../db/values.ts'
import { allows } from './access.ts'
import type { Actor } from './context.ts'
import { grouped } from './grouped.ts'
import type { Owner } from './journal/owners.ts'
import { declarationOf, isKnown } from './kinds.ts'
import { scopeOf } from './scope.ts'

export interface ChangedRecord {
  entity: JournalEntity
  id: string
  owners: readonly Owner[]
  actorId: string | null
}

/** Former instructors of a class count, but not those whose assignment was archived. */
async function teachersOf(db: Reader, schoolId: number, classIds: string[]): Promise<Map<string, string[]>> {
  const rows = await db
    .select({ classId: classInstructors.classId, instructorId: classInstructors.instructorId })
    .from(classInstructors)
    .where(inUse(classInstructors, schoolId, inArray(classInstructors.classId, classIds)))
  const byClass = grouped(rows, ({ classId }) => classId)
  return new Map([...byClass].map(([id, those]) => [id, those.map(({ instructorId }) => instructorId)]))
}

async function classesOf(db: Reader, schoolId: number, studentIds: string[]): Promise<Map<string, string[]>> {
  const rows = await db
    .select({ studentId: enrollments.studentId, classId: enrollments.classId })
    .from(enrollments)
    .where(inUse(enrollments, schoolId, inArray(enrollments.studentId, studentIds)))
  const byStudent = grouped(rows, ({ studentId }) => studentId)
  return new Map([...byStudent].map(([id, those]) => [id, those.map(({ classId }) => classId)]))
}

/** Instructors see their classes and the students in them. An assignment stays its instructor's after it is archived. */
async function instructorsOf(db: Reader, schoolId: number, entries: readonly ChangedRecord[]) {
  const idsOf = (wanted: JournalEntity) => [
    ...new Set(entries.flatMap(({ owners }) => owners.flatMap(({ entity, id }) => (entity === wanted ? [id] : [])))),
  ]
  const classes = await classesOf(db, schoolId, idsOf('student'))
  const teachers = await teachersOf(db, schoolId, [...new Set([...idsOf('class'), ...[...classes.values()].flat()])])
  return ({ entity, id }: Owner): string[] => {
    if (entity === 'instructor') return [id]
    const classIds = entity === 'class' ? [id] : entity === 'student' ? (classes.get(id) ?? []) : []
    return classIds.flatMap((classId) => teachers.get(classId) ?? [])
  }
}

export async function audienceOf(
  db: Reader,
  schoolId: number,
  entries: readonly ChangedRecord[],
  actors: Iterable<Actor>,
): Promise<(actor: Actor, entry: ChangedRecord) => boolean> {
  const someSeeOnlyTheirOwn = [...actors].some((actor) => scopeOf(actor) === 'own')
  const seenBy = someSeeOnlyTheirOwn ? await instructorsOf(db, schoolId, entries) : () => []
  return (actor, { entity, actorId, owners }) => {
    if (!isKnown(entity)) return false
    const { read, isPrivate, isSchoolWide } = declarationOf(entity)
    if (!allows(actor, read)) return false
    if (isPrivate) return actorId === actor.userId
    if (isSchoolWide || scopeOf(actor) === 'all') return true
    return owners.some((owner) => actor.instructorId !== null && seenBy(owner).includes(actor.instructorId))
  }
}

/** The master timetable shows classes that the actor may not open, so news names their meetings, too. */
export const seesOnTimetable = (actor: Actor, { entity }: Pick<ChangedRecord, 'entity'>): boolean =>
  isKnown(entity) && declarationOf(entity).isOnTimetable === true && allows(actor, 'timetable.read')
