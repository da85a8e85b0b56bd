import type { SQL } from 'drizzle-orm'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import { inUse, refersTo } from '../../db/rows.ts'
import { programs, studentAddresses, students } from '../../db/schema/index.ts'
import { allows } from '../access.ts'
import { atSchoolOn, entryDateOn } from '../at-school.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Scope } from '../scope.ts'
import { scopeOf, scopeValues, teachesStudent } from '../scope.ts'

const p = sql.placeholder

/** The list answers these too. What only some may see is below. */
export const listedColumns = {
  id: students.id,
  givenName: students.givenName,
  middleName: students.middleName,
  familyName: students.familyName,
  preferredName: students.preferredName,
  number: students.number,
  email: students.email,
  ...atSchoolOn(p('today')),
  entryDate: entryDateOn(p('today')),
  isInternational: students.isInternational,
  isCoop: students.isCoop,
  programId: students.programId,
  version: students.version,
}
const studentColumns = {
  ...listedColumns,
  birthDate: students.birthDate,
  sex: students.sex,
  homeLanguage: students.homeLanguage,
  previousSchool: students.previousSchool,
  medicalNote: students.medicalNote,
  photo: students.photo,
  programName: programs.name,
  sourcedId: students.sourcedId,
  mergedIntoId: students.mergedIntoId,
  archivedAt: students.archivedAt,
  erasedAt: students.erasedAt,
}

/** `day` is the school's today, 'YYYY-MM-DD'. */
export const studentsWhere = (db: Reader, condition: SQL | undefined, day: unknown = p('today')) =>
  db
    .select({ ...studentColumns, ...atSchoolOn(day), entryDate: entryDateOn(day) })
    .from(students)
    .leftJoin(programs, refersTo(students.programId, programs))
    .where(condition)

export const studentRecord = prepared((db, scope: Scope) =>
  studentsWhere(
    db,
    and(
      eq(students.schoolId, p('schoolId')),
      eq(students.id, p('id')),
      scope === 'own' ? teachesStudent(db, students.schoolId, students.id) : undefined,
    ),
  ),
)

const addressesOf = prepared((db, _shape: 'all') =>
  db
    .select({
      kind: studentAddresses.kind,
      street: studentAddresses.street,
      city: studentAddresses.city,
      region: studentAddresses.region,
      postalCode: studentAddresses.postalCode,
      country: studentAddresses.country,
    })
    .from(studentAddresses)
    .where(inUse(studentAddresses, p('schoolId'), eq(studentAddresses.studentId, p('id'))))
    .orderBy(asc(studentAddresses.kind)),
)

/** Throws `student.not_found` unless the actor may see the student. */
export async function requireStudent(ctx: Context, id: string) {
  const { db, school, actor } = ctx
  const values = { schoolId: school.id, id, today: today(ctx), ...scopeValues(actor) }
  const [found] = await studentRecord(db, scopeOf(actor), values)
  if (!found) throw new DomainError('student.not_found')
  return found
}

/** Birth date, sex, previous school and addresses need `student.readPrivate`, the medical note needs `student.readMedical`. */
export async function readStudent(db: Reader, ctx: Context, id: string) {
  const { school, actor } = ctx
  const values = { schoolId: school.id, id, today: today(ctx), ...scopeValues(actor) }
  const isPrivate = allows(actor, 'student.readPrivate')
  const [[found], addresses] = await Promise.all([
    studentRecord(db, scopeOf(actor), values),
    isPrivate ? addressesOf(db, 'all', values) : [],
  ])
  if (!found) throw new DomainError('student.not_found')
  const { birthDate, sex, previousSchool, medicalNote, ...row } = found
  const student = {
    ...row,
    ...(allows(actor, 'student.readMedical') && { medicalNote }),
    archivedAt: row.archivedAt?.toISOString() ?? null,
    erasedAt: row.erasedAt?.toISOString() ?? null,
  }
  return isPrivate ? { ...student, birthDate, sex, previousSchool, addresses } : student
}
