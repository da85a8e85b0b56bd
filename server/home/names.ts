/** What the records that the journal names are called today. */
import { and, eq, inArray } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import {
  academicSessions,
  classes,
  classInstructors,
  classTerms,
  courses,
  departments,
  enrollments,
  guardians,
  instructors,
  meetings,
  memberships,
  programs,
  rooms,
  studentAddresses,
  studentAlerts,
  studentGuardians,
  students,
  users,
} from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'
import { grouped } from '../grouped.ts'

/** The record to go to, its name, and the class it is about. */
export interface RecordName {
  entity: JournalEntity
  id: string
  name: string
  inClass: { id: string; title: string } | null
}
type Find = (db: Reader, schoolId: number, ids: string[]) => Promise<(RecordName & { recordId: string })[]>

type Person = typeof students | typeof instructors | typeof guardians
const called = ({ givenName, familyName }: { givenName: string; familyName: string }) =>
  `${givenName} ${familyName}`.trim()

const people =
  (entity: JournalEntity, table: Person): Find =>
  async (db, schoolId, ids) => {
    const t = table as typeof guardians
    const rows = await db
      .select({ id: t.id, givenName: t.givenName, familyName: t.familyName })
      .from(t)
      .where(and(eq(t.schoolId, schoolId), inArray(t.id, ids)))
    return rows.map((row) => ({ entity, recordId: row.id, id: row.id, name: called(row), inClass: null }))
  }

type Titled = typeof classes | typeof courses | typeof academicSessions
type Labeled = typeof rooms | typeof programs | typeof departments
const things =
  (entity: JournalEntity, table: Titled | Labeled): Find =>
  async (db, schoolId, ids) => {
    const t = table as typeof rooms
    const rows = await db
      .select({ id: t.id, name: 'title' in table ? table.title : t.name })
      .from(t)
      .where(and(eq(t.schoolId, schoolId), inArray(t.id, ids)))
    return rows.map(({ id, name }) => ({ entity, recordId: id, id, name, inClass: null }))
  }

type OfStudent = typeof studentAddresses | typeof studentAlerts | typeof studentGuardians
const ofStudent =
  (table: OfStudent): Find =>
  async (db, schoolId, ids) => {
    const t = table as typeof studentAlerts
    const rows = await db
      .select({ recordId: t.id, id: students.id, givenName: students.givenName, familyName: students.familyName })
      .from(t)
      .innerJoin(students, and(eq(students.schoolId, t.schoolId), eq(students.id, t.studentId)))
      .where(and(eq(t.schoolId, schoolId), inArray(t.id, ids)))
    return rows.map((row) => ({
      entity: 'student',
      recordId: row.recordId,
      id: row.id,
      name: called(row),
      inClass: null,
    }))
  }

const ofClass =
  (table: typeof meetings | typeof classTerms): Find =>
  async (db, schoolId, ids) => {
    const t = table as typeof meetings
    const rows = await db
      .select({ recordId: t.id, id: classes.id, title: classes.title })
      .from(t)
      .innerJoin(classes, and(eq(classes.schoolId, t.schoolId), eq(classes.id, t.classId)))
      .where(and(eq(t.schoolId, schoolId), inArray(t.id, ids)))
    return rows.map(({ recordId, id, title }) => ({
      entity: 'class',
      recordId,
      id,
      name: title,
      inClass: { id, title },
    }))
  }

/** A person in a class: a student of it, or who teaches it. */
const inClass =
  (entity: JournalEntity, table: typeof enrollments | typeof classInstructors): Find =>
  async (db, schoolId, ids) => {
    const person = (table === enrollments ? students : instructors) as typeof students
    const personId = 'studentId' in table ? table.studentId : table.instructorId
    const t = table as typeof enrollments
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
      .innerJoin(classes, and(eq(classes.schoolId, t.schoolId), eq(classes.id, t.classId)))
      .where(and(eq(t.schoolId, schoolId), inArray(t.id, ids)))
    return rows.map((row) => ({
      entity,
      recordId: row.recordId,
      id: row.id,
      name: called(row),
      inClass: { id: row.classId, title: row.title },
    }))
  }

const members: Find = async (db, schoolId, ids) => {
  const rows = await db
    .select({ id: memberships.id, name: users.name })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.schoolId, schoolId), inArray(memberships.id, ids)))
  return rows.map(({ id, name }) => ({ entity: 'membership', recordId: id, id, name, inClass: null }))
}

const finders: Partial<Record<JournalEntity, Find>> = {
  student: people('student', students),
  instructor: people('instructor', instructors),
  guardian: people('guardian', guardians),
  class: things('class', classes),
  course: things('course', courses),
  academicSession: things('academicSession', academicSessions),
  room: things('room', rooms),
  program: things('program', programs),
  department: things('department', departments),
  enrollment: inClass('student', enrollments),
  classInstructor: inClass('instructor', classInstructors),
  studentAddress: ofStudent(studentAddresses),
  studentAlert: ofStudent(studentAlerts),
  studentGuardian: ofStudent(studentGuardians),
  meeting: ofClass(meetings),
  classTerm: ofClass(classTerms),
  membership: members,
}

/** By entity and the record's id, as the journal has them. Records of kinds without a name of their own are left out. */
export async function namesOf(
  db: Reader,
  schoolId: number,
  records: readonly { entity: JournalEntity; entityId: string }[],
): Promise<Map<string, RecordName>> {
  const byEntity = grouped(records, ({ entity }) => entity)
  const found = await Promise.all(
    [...byEntity].map(async ([entity, rows]) => {
      const ids = [...new Set(rows.map(({ entityId }) => entityId))]
      const names = (await finders[entity]?.(db, schoolId, ids)) ?? []
      return names.map(({ recordId, ...name }) => [`${entity} ${recordId}`, name] as const)
    }),
  )
  return new Map(found.flat())
}
