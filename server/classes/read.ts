import { and, asc, eq, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import { inUse, refersTo } from '../../db/rows.ts'
import {
  academicSessions,
  classes,
  classInstructors,
  classTerms,
  courses,
  enrollments,
  instructors,
  rooms,
  students,
} from '../../db/schema/index.ts'
import { gradeOn } from '../at-school.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'
import type { VisibleFields } from '../enrollments/read.ts'
import { enrollmentFields, officeFields, visibleFieldsOf } from '../enrollments/read.ts'
import type { Seating } from '../enrollments/seats.ts'
import { freeSeats, takenSeats } from '../enrollments/seats.ts'
import { firstDay, waitingStudents } from '../enrollments/waiting.ts'
import { DomainError } from '../errors.ts'
import type { Scope } from '../scope.ts'
import { scopeOf, scopeValues, teaches } from '../scope.ts'
import { instructorsOf } from './list.ts'

const p = sql.placeholder

const one = prepared((db, scope: Scope) =>
  db
    .select({
      id: classes.id,
      code: classes.code,
      title: classes.title,
      courseId: classes.courseId,
      courseTitle: courses.title,
      courseCode: courses.code,
      roomId: classes.roomId,
      roomName: rooms.name,
      capacity: classes.capacity,
      taken: takenSeats(db, classes.schoolId, classes.id),
      waiting: waitingStudents(db, classes.schoolId, classes.id),
      version: classes.version,
      archivedAt: classes.archivedAt,
    })
    .from(classes)
    .leftJoin(courses, refersTo(classes.courseId, courses))
    .leftJoin(rooms, refersTo(classes.roomId, rooms))
    .where(
      and(
        eq(classes.schoolId, p('schoolId')),
        eq(classes.id, p('id')),
        scope === 'own' ? teaches(db, classes.schoolId, classes.id) : undefined,
      ),
    ),
)

const termsOf = prepared((db, _shape: 'all') =>
  db
    .select({
      id: academicSessions.id,
      title: academicSessions.title,
      startDate: academicSessions.startDate,
      endDate: academicSessions.endDate,
    })
    .from(classTerms)
    .innerJoin(academicSessions, refersTo(classTerms.academicSessionId, academicSessions))
    .where(inUse(classTerms, p('schoolId'), eq(classTerms.classId, p('id'))))
    .orderBy(asc(academicSessions.startDate), asc(academicSessions.id)),
)

const assignmentsOf = prepared((db, _shape: 'all') =>
  db
    .select({
      id: classInstructors.id,
      instructorId: instructors.id,
      givenName: instructors.givenName,
      familyName: instructors.familyName,
      isPrimary: classInstructors.isPrimary,
      beginDate: classInstructors.beginDate,
      endDate: classInstructors.endDate,
      version: classInstructors.version,
    })
    .from(classInstructors)
    .innerJoin(instructors, refersTo(classInstructors.instructorId, instructors))
    .where(inUse(classInstructors, p('schoolId'), eq(classInstructors.classId, p('id'))))
    .orderBy(
      sql`case when ${classInstructors.endDate} < ${p('today')} then 1 else 0 end`,
      sql`${classInstructors.isPrimary} desc`,
      asc(instructors.sortName),
      asc(classInstructors.id),
    ),
)

const rosterOf = prepared((db, fields: VisibleFields) =>
  db
    .select({
      ...enrollmentFields,
      ...(fields === 'office' && officeFields),
      studentId: students.id,
      givenName: students.givenName,
      familyName: students.familyName,
      preferredName: students.preferredName,
      number: students.number,
      photo: students.photo,
      gradeLevel: gradeOn(p('today')),
      isArchived: sql<boolean>`${students.archivedAt} is not null`.mapWith(Boolean),
    })
    .from(enrollments)
    .innerJoin(students, refersTo(enrollments.studentId, students))
    .where(inUse(enrollments, p('schoolId'), eq(enrollments.classId, p('id'))))
    .orderBy(
      sql`case when ${enrollments.status} = 'waitlisted' then 1 else 0 end`,
      asc(enrollments.waitlistPosition),
      asc(students.sortName),
      asc(students.id),
      asc(enrollments.beginDate),
    ),
)

/** A last day that has passed frees a seat, although nobody has written since. */
async function seatsToGive(
  db: Reader,
  ctx: Context,
  id: string,
  seating: Omit<Seating, 'waitlisted'> & { waiting: number },
) {
  const given = Math.min(seating.waiting, freeSeats(seating))
  return given > 0 && !seating.archivedAt && (await firstDay(db, ctx, id)) ? given : 0
}

/** Throws `class.not_found` for an instructor who does not teach the class. */
export async function readClass(db: Reader, ctx: Context, id: string) {
  const { school, actor } = ctx
  const day = today(ctx)
  const values = { schoolId: school.id, id, today: day, ...scopeValues(actor) }
  const [found] = await one(db, scopeOf(actor), values)
  if (!found) throw new DomainError('class.not_found')
  const teachers = await instructorsOf(db, ctx, [id])
  return {
    ...found,
    seatsToGive: await seatsToGive(db, ctx, id, found),
    archivedAt: found.archivedAt?.toISOString() ?? null,
    terms: await termsOf(db, 'all', values),
    instructors: teachers.map(({ classId: _, ...teacher }) => teacher),
    assignments: await assignmentsOf(db, 'all', values),
    roster: await rosterOf(db, visibleFieldsOf(ctx), values),
  }
}
