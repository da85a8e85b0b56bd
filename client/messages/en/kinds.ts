/** How the kinds of record are called, wherever they are spoken of; the sentences of their own screens are in a file each. */
import type { RecordEntity } from '../../../db/values.ts'
import type { Reason } from '../../../server/errors.ts'
import type { Counted } from '../formats.ts'
import { called } from './called.ts'

export const kinds = {
  student: called('student', 'students', 'Student', 'Students'),
  guardian: called('guardian', 'guardians', 'Guardian', 'Guardians'),
  class: called('class', 'classes', 'Class', 'Classes'),
  instructor: called('instructor', 'instructors', 'Instructor', 'Instructors'),
  academicSession: called('term', 'terms', 'Term', 'Terms'),
  course: called('course', 'courses', 'Course', 'Courses'),
  room: called('room', 'rooms', 'Room', 'Rooms'),
  department: called('department', 'departments', 'Department', 'Departments'),
  program: called('program', 'programs', 'Program', 'Programs'),
} satisfies Record<RecordEntity, unknown>

type KindReason = Extract<Reason, `${RecordEntity}.${'not_found' | 'stale' | `${string}_taken`}`>
const gone = ({ one }: Counted) => `This ${one} is not there any more. Reload the page, or choose another.`
const stale = ({ one }: Counted) =>
  `Somebody else changed this ${one} meanwhile. Look at their change, then save again.`
const taken = ({ one }: Counted, field: string) =>
  `Another ${one} has this ${field}. Give this one a different ${field}.`
const { student, guardian, class: schoolClass, instructor, academicSession, course, room, department, program } = kinds

export const kindReasons = {
  'student.not_found': 'This student is not in this school, or not in a class you teach.',
  'student.stale': stale(student.noun),
  'student.number_taken': taken(student.noun, 'number'),
  'guardian.not_found': gone(guardian.noun),
  'guardian.stale': stale(guardian.noun),
  'class.not_found': 'This class is not in this school, or you do not teach it.',
  'class.stale': stale(schoolClass.noun),
  'instructor.not_found': gone(instructor.noun),
  'instructor.stale': stale(instructor.noun),
  'academicSession.not_found': gone(academicSession.noun),
  'academicSession.stale': stale(academicSession.noun),
  'course.not_found': gone(course.noun),
  'course.stale': stale(course.noun),
  'course.code_taken': taken(course.noun, 'code'),
  'room.not_found': gone(room.noun),
  'room.stale': stale(room.noun),
  'room.name_taken': taken(room.noun, 'name'),
  'department.not_found': gone(department.noun),
  'department.stale': stale(department.noun),
  'department.name_taken': taken(department.noun, 'name'),
  'program.not_found': gone(program.noun),
  'program.stale': stale(program.noun),
  'program.name_taken': taken(program.noun, 'name'),
} satisfies Record<KindReason, string>

/** What their screens say. */
export const kindAreas = {
  classForm: () => import('./class-form.ts'),
  courses: () => import('./courses.ts'),
  departments: () => import('./departments.ts'),
  guardians: () => import('./guardians.ts'),
  instructors: () => import('./instructors.ts'),
  programs: () => import('./programs.ts'),
  rooms: () => import('./rooms.ts'),
  studentForm: () => import('./student-form.ts'),
  terms: () => import('./terms.ts'),
}
