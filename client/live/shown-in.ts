/** Which features' screens show something of a record of each kind: their queries ask again when one changes. */
import type { JournalEntity } from '../../db/values.ts'
import type { Outputs } from '../trpc.ts'

type Feature = keyof Outputs

const ofClass = ['classes', 'enrollments', 'meetings', 'home', 'instructors', 'academicSessions', 'courses'] as const
const ofStudent = ['students', 'enrollments', 'classes', 'home', 'programs', 'guardians'] as const

export const shownIn: Record<JournalEntity, readonly Feature[]> = {
  school: ['home'],
  membership: ['members', 'students'],
  department: ['departments', 'programs', 'courses', 'instructors', 'classes'],
  program: ['programs', 'students', 'departments', 'home'],
  student: [...ofStudent, 'studentGuardians', 'meetings'],
  studentAddress: ['students'],
  studentAlert: ['studentAlerts', 'students'],
  instructor: ['instructors', 'classes', 'meetings', 'members', 'departments', 'home'],
  academicSession: ['academicSessions', 'classes', 'meetings', 'home'],
  course: ['courses', 'classes', 'departments', 'enrollments', 'meetings', 'home'],
  class: [...ofClass, 'rooms'],
  classTerm: ofClass,
  classInstructor: ofClass,
  enrollment: ['classes', 'enrollments', 'meetings', 'home', 'students'],
  room: ['rooms', 'classes', 'meetings'],
  meeting: ['meetings', 'classes', 'rooms', 'home'],
  guardian: ['guardians', 'studentGuardians', 'students'],
  studentGuardian: ['guardians', 'studentGuardians', 'students'],
  savedView: ['savedViews'],
}

/** The feature whose `get` answers one record of the kind. */
export const featureOf: Partial<Record<JournalEntity, Feature>> = {
  department: 'departments',
  program: 'programs',
  student: 'students',
  instructor: 'instructors',
  academicSession: 'academicSessions',
  course: 'courses',
  class: 'classes',
  room: 'rooms',
  guardian: 'guardians',
  membership: 'members',
}
