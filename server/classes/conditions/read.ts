/** These conditions on `classes` need the values `schoolId` and `today`, the school's date, and `collidingAsked`, as JSON. */
import type { SQL } from 'drizzle-orm'
import { and, eq, exists, gte, isNull, not, or, sql } from 'drizzle-orm'
import type { Reader } from '../../../db/database.ts'
import { isAmong } from '../../../db/kit.ts'
import { inUse, refersTo } from '../../../db/rows.ts'
import {
  academicSessions,
  classes,
  classInstructors,
  enrollments,
  meetings,
  students,
} from '../../../db/schema/index.ts'
import type { ClassAttention } from '../../../db/values.ts'
import { takenSeats } from '../../enrollments/seats.ts'
import { runsInTerm } from '../../runs-in-term.ts'
import type { ClassSeats } from '../input.ts'

const p = sql.placeholder

export const isAssigned = (db: Reader, condition: SQL | undefined): SQL =>
  exists(
    db
      .select({ one: sql`1` })
      .from(classInstructors)
      .where(inUse(classInstructors, classes.schoolId, eq(classInstructors.classId, classes.id), condition)),
  )

/** A class is current while one of its terms ends today or later, or if it has none. */
const isCurrent = (db: Reader): SQL => runsInTerm(db, gte(academicSessions.endDate, p('today')))

const isTaught = (db: Reader) =>
  isAssigned(db, or(isNull(classInstructors.endDate), gte(classInstructors.endDate, p('today'))))

const hasMeetings = (db: Reader) =>
  exists(
    db
      .select({ one: sql`1` })
      .from(meetings)
      .where(
        inUse(
          meetings,
          classes.schoolId,
          eq(meetings.classId, classes.id),
          or(isNull(meetings.validTo), gte(meetings.validTo, p('today'))),
        ),
      ),
  )

/** Waitlist positions are above zero, so the index finds the first one without reading the class's enrollments. */
const hasWaiting = (db: Reader) =>
  exists(
    db
      .select({ one: sql`1` })
      .from(enrollments)
      .innerJoin(students, refersTo(enrollments.studentId, students))
      .where(
        inUse(
          enrollments,
          classes.schoolId,
          eq(enrollments.classId, classes.id),
          sql`${enrollments.waitlistPosition} > 0`,
          eq(enrollments.status, 'waitlisted'),
          isNull(students.archivedAt),
        ),
      ),
  )

const seats = (db: Reader) => takenSeats(db, classes.schoolId, classes.id)

const hasSeats = (db: Reader): SQL => sql`(${classes.capacity} is null or ${seats(db)} < ${classes.capacity})`
/** A class over its capacity is full. */
export const isSeated: Record<ClassSeats, (db: Reader) => SQL> = {
  left: hasSeats,
  full: (db) => sql`${seats(db)} >= ${classes.capacity}`,
}

const attention: Record<ClassAttention, (db: Reader) => SQL | undefined> = {
  overCapacity: (db) => sql`${seats(db)} > ${classes.capacity}`,
  freeSeats: (db) => and(hasWaiting(db), hasSeats(db)),
  colliding: () => isAmong(classes.id, p('collidingAsked')),
  noInstructor: (db) => not(isTaught(db)),
  noMeetings: (db) => not(hasMeetings(db)),
}

export const toMend = (db: Reader, what: ClassAttention): SQL | undefined => and(isCurrent(db), attention[what](db))
