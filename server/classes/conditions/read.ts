/**
 * Conditions on a row of `classes` that the lists, the home page and the day's hours share. They ask for the values
 * `schoolId` and `today`, the school's date.
 */
import type { SQL } from 'drizzle-orm'
import { and, eq, exists, gte, inArray, isNull, not, notInArray, or, sql } from 'drizzle-orm'
import type { Reader } from '../../../db/database.ts'
import {
  academicSessions,
  classes,
  classInstructors,
  classTerms,
  enrollments,
  meetings,
  students,
} from '../../../db/schema/index.ts'
import type { ClassAttention } from '../../../db/values.ts'
import { takenSeats } from '../../enrollments/seats.ts'

const p = sql.placeholder

/** Whether the class has an assignment that fits; an archived one never does. */
export const isAssigned = (db: Reader, condition: SQL | undefined): SQL =>
  exists(
    db
      .select({ one: sql`1` })
      .from(classInstructors)
      .where(
        and(
          eq(classInstructors.schoolId, classes.schoolId),
          eq(classInstructors.classId, classes.id),
          isNull(classInstructors.archivedAt),
          condition,
        ),
      ),
  )

/** The classes that have a term that fits. As a set: asking class by class takes three times as long. */
const withTerm = (db: Reader, condition: SQL) => {
  const terms = db
    .select({ id: academicSessions.id })
    .from(academicSessions)
    .where(and(eq(academicSessions.schoolId, p('schoolId')), condition))
  return db
    .select({ classId: classTerms.classId })
    .from(classTerms)
    .where(
      and(
        eq(classTerms.schoolId, p('schoolId')),
        isNull(classTerms.archivedAt),
        inArray(classTerms.academicSessionId, terms),
      ),
    )
}
/** Whether the class has a term that is `wanted`, or none at all. Most have no other: those are asked for first. */
export const runsInTerm = (db: Reader, wanted: SQL): SQL =>
  sql`(${notInArray(classes.id, withTerm(db, not(wanted)))} or ${inArray(classes.id, withTerm(db, wanted))})`

/** Nothing says that the class is over: one of its terms ends today or later, or it has none. */
const isCurrent = (db: Reader): SQL => runsInTerm(db, gte(academicSessions.endDate, p('today')))

const isTaught = (db: Reader) =>
  isAssigned(db, or(isNull(classInstructors.endDate), gte(classInstructors.endDate, p('today'))))

const hasMeetings = (db: Reader) =>
  exists(
    db
      .select({ one: sql`1` })
      .from(meetings)
      .where(
        and(
          eq(meetings.schoolId, classes.schoolId),
          eq(meetings.classId, classes.id),
          isNull(meetings.archivedAt),
          or(isNull(meetings.validTo), gte(meetings.validTo, p('today'))),
        ),
      ),
  )

/** A place in the waitlist is a positive number: the index finds the first without reading the class's enrollments. */
const hasWaiting = (db: Reader) =>
  exists(
    db
      .select({ one: sql`1` })
      .from(enrollments)
      .innerJoin(students, and(eq(students.schoolId, enrollments.schoolId), eq(students.id, enrollments.studentId)))
      .where(
        and(
          eq(enrollments.schoolId, classes.schoolId),
          eq(enrollments.classId, classes.id),
          sql`${enrollments.waitlistPosition} > 0`,
          eq(enrollments.status, 'waitlisted'),
          isNull(enrollments.archivedAt),
          isNull(students.archivedAt),
        ),
      ),
  )

const seats = (db: Reader) => takenSeats(db, classes.schoolId, classes.id)

const attention: Record<ClassAttention, (db: Reader) => SQL | undefined> = {
  overCapacity: (db) => sql`${seats(db)} > ${classes.capacity}`,
  freeSeats: (db) => and(hasWaiting(db), sql`(${classes.capacity} is null or ${seats(db)} < ${classes.capacity})`),
  noInstructor: (db) => not(isTaught(db)),
  noMeetings: (db) => not(hasMeetings(db)),
}

/** Whether the class is current and there is this to mend about it. */
export const toMend = (db: Reader, what: ClassAttention): SQL | undefined => and(isCurrent(db), attention[what](db))
