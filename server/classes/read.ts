import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { prepared } from '../../db/prepared.ts'
import { academicSessions, classes, classTerms, courses, enrollments, rooms, students } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { today } from '../context.ts'
import { takenSeats } from '../enrollments/seats.ts'
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
      courseTitle: courses.title,
      courseCode: courses.code,
      roomName: rooms.name,
      capacity: classes.capacity,
      taken: takenSeats(db, classes.schoolId, classes.id),
      version: classes.version,
      archivedAt: classes.archivedAt,
    })
    .from(classes)
    .leftJoin(courses, and(eq(courses.schoolId, classes.schoolId), eq(courses.id, classes.courseId)))
    .leftJoin(rooms, and(eq(rooms.schoolId, classes.schoolId), eq(rooms.id, classes.roomId)))
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
    .innerJoin(
      academicSessions,
      and(eq(academicSessions.schoolId, classTerms.schoolId), eq(academicSessions.id, classTerms.academicSessionId)),
    )
    .where(and(eq(classTerms.schoolId, p('schoolId')), eq(classTerms.classId, p('id')), isNull(classTerms.archivedAt)))
    .orderBy(asc(academicSessions.startDate), asc(academicSessions.id)),
)

const rosterOf = prepared((db, _shape: 'all') =>
  db
    .select({
      id: enrollments.id,
      studentId: students.id,
      givenName: students.givenName,
      familyName: students.familyName,
      preferredName: students.preferredName,
      number: students.number,
      gradeLevel: students.gradeLevel,
      status: enrollments.status,
      beginDate: enrollments.beginDate,
      endDate: enrollments.endDate,
    })
    .from(enrollments)
    .innerJoin(students, and(eq(students.schoolId, enrollments.schoolId), eq(students.id, enrollments.studentId)))
    .where(
      and(eq(enrollments.schoolId, p('schoolId')), eq(enrollments.classId, p('id')), isNull(enrollments.archivedAt)),
    )
    .orderBy(asc(students.sortName), asc(students.id), asc(enrollments.beginDate)),
)

/** One class with its terms, instructors and roster; for an instructor, only one they teach. */
export async function readClass(ctx: Context, id: string) {
  const { db, school, actor } = ctx
  const values = { schoolId: school.id, id, today: today(ctx), ...scopeValues(actor) }
  const [found] = await one(db, scopeOf(actor), values)
  if (!found) throw new DomainError('class.not_found')
  const teachers = await instructorsOf(db, school.id, [id])
  return {
    ...found,
    archivedAt: found.archivedAt?.toISOString() ?? null,
    terms: await termsOf(db, 'all', values),
    instructors: teachers.map(({ classId: _, ...teacher }) => teacher),
    roster: await rosterOf(db, 'all', values),
  }
}
