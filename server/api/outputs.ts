/** What apps are told of each record: keys that a screen needs besides are left out. Documented in docs/api.md. */
import { z } from 'zod'
import {
  academicSessionTypes,
  alertKinds,
  employments,
  enrollmentStatuses,
  guardianRelations,
  historyEntities,
  instructorStatuses,
  programTypes,
  studentStatuses,
  withdrawalReasons,
} from '../../db/values.ts'

const id = z.uuid()
const day = z.iso.date()
const instant = z.iso.datetime()
const text = z.string()
const record = { id, version: z.int() }
const archivable = { archivedAt: instant.nullable().optional() }
const person = {
  ...record,
  givenName: text,
  middleName: text.nullable(),
  familyName: text,
  preferredName: text.nullable(),
  email: text.nullable(),
}

const named = <Shape extends z.ZodRawShape>(name: string, shape: Shape) => z.object(shape).meta({ id: name })

const address = named('Address', {
  kind: text,
  street: text.nullable(),
  city: text.nullable(),
  region: text.nullable(),
  postalCode: text.nullable(),
  country: text.nullable(),
})

/** The keys that end it come with the scopes `student.readPrivate` and `student.readMedical` only. */
export const student = named('Student', {
  ...person,
  ...archivable,
  number: text.nullable(),
  status: z.enum(studentStatuses),
  gradeLevel: text.nullable(),
  entryDate: day.nullable(),
  isInternational: z.boolean(),
  isCoop: z.boolean(),
  programId: id.nullable(),
  homeLanguage: text.nullable().optional(),
  sourcedId: text.nullable().optional(),
  mergedIntoId: id.nullable().optional(),
  birthDate: day.nullable().optional(),
  sex: text.nullable().optional(),
  previousSchool: text.nullable().optional(),
  addresses: z.array(address).optional(),
  medicalNote: text.nullable().optional(),
})

export const guardian = named('Guardian', {
  ...person,
  ...archivable,
  phone: text.nullable(),
  otherPhone: text.nullable(),
})

export const studentGuardian = named('StudentGuardian', {
  ...record,
  guardianId: id,
  givenName: text,
  familyName: text,
  email: text.nullable(),
  phone: text.nullable(),
  otherPhone: text.nullable(),
  relation: z.enum(guardianRelations),
  priority: z.int(),
  hasCustody: z.boolean(),
  mayPickUp: z.boolean(),
  livesWith: z.boolean(),
  isBarred: z.boolean(),
})

export const studentAlert = named('StudentAlert', { ...record, kind: z.enum(alertKinds), text })

export const stay = named('Stay', {
  ...record,
  beginDate: day,
  endDate: day.nullable(),
  gradeLevel: text.nullable(),
  entryType: text.nullable(),
  exitType: text.nullable().optional(),
  destination: text.nullable().optional(),
})

export const instructor = named('Instructor', {
  ...person,
  ...archivable,
  employment: z.enum(employments).nullable(),
  status: z.enum(instructorStatuses),
  departmentId: id.nullable(),
})

export const room = named('Room', { ...record, ...archivable, name: text, seats: z.int().nullable() })
export const department = named('Department', { ...record, ...archivable, name: text })

export const program = named('Program', {
  ...record,
  ...archivable,
  name: text,
  type: z.enum(programTypes),
  departmentId: id.nullable(),
})

export const course = named('Course', {
  ...record,
  ...archivable,
  code: text.nullable(),
  title: text,
  credits: text.nullable(),
  departmentId: id.nullable(),
})

export const academicSession = named('AcademicSession', {
  ...record,
  ...archivable,
  title: text,
  type: z.enum(academicSessionTypes),
  startDate: day,
  endDate: day,
  schoolYear: z.int().nullable(),
  parentId: id.nullable(),
})

const teacher = named('Teacher', { id, givenName: text, familyName: text, isPrimary: z.boolean() })

const ofClass = { ...record, code: text.nullable(), title: text, capacity: z.int().nullable(), taken: z.int() }
export const listedClass = named('ListedClass', { ...ofClass, instructors: z.array(teacher) })
export const oneClass = named('Class', {
  ...ofClass,
  ...archivable,
  courseId: id.nullable(),
  roomId: id.nullable(),
  terms: z.array(z.object({ id, title: text, startDate: day, endDate: day })),
  instructors: z.array(teacher),
})

const ofEnrollment = {
  ...record,
  status: z.enum(enrollmentStatuses),
  beginDate: day.nullable(),
  endDate: day.nullable(),
  waitlistPosition: z.int().nullable(),
}
/** The final grade, and why somebody left, stay with the people who keep the register. */
export const classEnrollment = named('ClassEnrollment', {
  ...ofEnrollment,
  studentId: id,
  givenName: text,
  familyName: text,
  preferredName: text.nullable(),
  number: text.nullable(),
  gradeLevel: text.nullable(),
})
export const studentEnrollment = named('StudentEnrollment', {
  ...ofEnrollment,
  classId: id,
  classTitle: text,
  classCode: text.nullable(),
})
export const enrollment = named('Enrollment', {
  ...ofEnrollment,
  classId: id,
  studentId: id,
  withdrawalReason: z.enum(withdrawalReasons).nullable(),
})

export const meeting = named('Meeting', {
  ...record,
  weekday: z.int().nullable(),
  cycleDay: z.int().nullable(),
  periodId: id.nullable(),
  startTime: text,
  endTime: text,
  roomId: id.nullable(),
  validFrom: day,
  validTo: day.nullable(),
})

const place = z.object({ id, name: text })
/** It names no student. Why something is held on a day without school stays with the people who keep the register. */
export const line = named('TimetableLine', {
  id: text,
  name: text,
  seats: z.int().nullable(),
  meetings: z.array(
    named('HeldMeeting', {
      id,
      classId: id,
      title: text,
      code: text.nullable(),
      date: day,
      startTime: text,
      endTime: text,
      periodId: id.nullable(),
      isHeldAnyway: z.boolean(),
      room: place.nullable(),
      instructors: z.array(place),
    }),
  ),
})

export const change = named('Change', {
  number: z.int(),
  /** A kind of record that comes later has its own word. */
  entity: z.enum(historyEntities as readonly string[] as [string, ...string[]]).meta({ 'x-extensible-enum': true }),
  id: text,
  version: z.int(),
  fields: z.array(text),
  at: instant,
})
