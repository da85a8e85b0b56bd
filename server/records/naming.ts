import type { Column } from 'drizzle-orm'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { refersTo } from '../../db/rows.ts'
import type {
  bellSchedules,
  bellTimes,
  calendarDays,
  classTerms,
  guardians,
  meetings,
  schoolEnrollments,
  studentAddresses,
  studentAlerts,
  studentGuardians,
} from '../../db/schema/index.ts'
import { classes, classInstructors, enrollments, instructors, students } from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'
import { called } from '../people.ts'
import type { RecordTable } from './kind.ts'
import { asOne } from './kind.ts'

export interface RecordName {
  entity: JournalEntity
  id: string
  name: string
  inClass: { id: string; title: string } | null
}
type Found = RecordName & { recordId: string }

export interface Naming {
  fields: readonly string[]
  find(db: Reader, schoolId: number, ids: string[]): Promise<Found[]>
}

/** As `called`, by the database. */
export const nameIn = ({ givenName, familyName }: Record<'givenName' | 'familyName', Column>) =>
  sql<string>`trim(${givenName} || ' ' || ${familyName})`

type Person = typeof students | typeof instructors | typeof guardians
export const personName = (entity: JournalEntity, table: Person): Naming => ({
  fields: [],
  async find(db, schoolId, ids) {
    const t = table as typeof guardians
    const rows = await db
      .select({ id: t.id, givenName: t.givenName, familyName: t.familyName })
      .from(t)
      .where(and(eq(t.schoolId, schoolId), inArray(t.id, ids)))
    return rows.map((row) => ({ entity, recordId: row.id, id: row.id, name: called(row), inClass: null }))
  },
})

export const ownName = (
  entity: JournalEntity,
  table: RecordTable & ({ title: Column } | { name: Column }),
): Naming => ({
  fields: [],
  async find(db, schoolId, ids) {
    const t = asOne(table)
    const rows = await db
      .select({ id: t.id, name: 'title' in table ? (table.title as typeof t.name) : t.name })
      .from(t)
      .where(and(eq(t.schoolId, schoolId), inArray(t.id, ids)))
    return rows.map(({ id, name }) => ({ entity, recordId: id, id, name, inClass: null }))
  },
})

type OfStudent = typeof schoolEnrollments | typeof studentAddresses | typeof studentAlerts | typeof studentGuardians
export const studentsName = (table: OfStudent): Naming => ({
  fields: ['studentId'],
  async find(db, schoolId, ids) {
    const t = table as typeof studentAlerts
    const rows = await db
      .select({ recordId: t.id, id: students.id, givenName: students.givenName, familyName: students.familyName })
      .from(t)
      .innerJoin(students, refersTo(t.studentId, students))
      .where(and(eq(t.schoolId, schoolId), inArray(t.id, ids)))
    return rows.map(({ recordId, id, ...names }) => ({
      entity: 'student' as const,
      recordId,
      id,
      name: called(names),
      inClass: null,
    }))
  },
})

/** The part of a record is known by the name of that record. */
export const partName = (
  entity: JournalEntity,
  table: typeof bellTimes,
  of: typeof bellTimes.bellScheduleId,
  whole: typeof bellSchedules,
): Naming => ({
  fields: [],
  async find(db, schoolId, ids) {
    const rows = await db
      .select({ recordId: table.id, id: whole.id, name: whole.name })
      .from(table)
      .innerJoin(whole, refersTo(of, whole))
      .where(and(eq(table.schoolId, schoolId), inArray(table.id, ids)))
    return rows.map((row) => ({ entity, ...row, inClass: null }))
  },
})

/** A day is known by its date: 'YYYY-MM-DD'. */
export const dayName = (table: typeof calendarDays): Naming => ({
  fields: [],
  async find(db, schoolId, ids) {
    const rows = await db
      .select({ id: table.id, name: table.date })
      .from(table)
      .where(and(eq(table.schoolId, schoolId), inArray(table.id, ids)))
    return rows.map((row) => ({ entity: 'calendarDay' as const, recordId: row.id, ...row, inClass: null }))
  },
})

export const classesName = (table: typeof meetings | typeof classTerms): Naming => ({
  fields: ['classId'],
  async find(db, schoolId, ids) {
    const t = table as typeof classTerms
    const rows = await db
      .select({ recordId: t.id, id: classes.id, title: classes.title })
      .from(t)
      .innerJoin(classes, refersTo(t.classId, classes))
      .where(and(eq(t.schoolId, schoolId), inArray(t.id, ids)))
    return rows.map(({ recordId, id, title }) => ({
      entity: 'class' as const,
      recordId,
      id,
      name: title,
      inClass: { id, title },
    }))
  },
})

const inClass = (entity: 'student' | 'instructor', table: typeof enrollments | typeof classInstructors): Naming => {
  const person = (entity === 'student' ? students : instructors) as typeof students
  const personId = 'studentId' in table ? table.studentId : table.instructorId
  const t = table as typeof enrollments
  return {
    fields: [`${entity}Id`, 'classId'],
    async find(db, schoolId, ids) {
      const rows = await db
        .select({
          recordId: t.id,
          id: person.id,
          givenName: person.givenName,
          familyName: person.familyName,
          classId: classes.id,
          title: classes.title,
        })
        .from(t)
        .innerJoin(person, and(eq(person.schoolId, t.schoolId), eq(person.id, personId)))
        .innerJoin(classes, refersTo(t.classId, classes))
        .where(and(eq(t.schoolId, schoolId), inArray(t.id, ids)))
      return rows.map(({ recordId, id, classId, title, ...names }) => ({
        entity,
        recordId,
        id,
        name: called(names),
        inClass: { id: classId, title },
      }))
    },
  }
}
export const studentInClass = inClass('student', enrollments)
export const instructorInClass = inClass('instructor', classInstructors)
