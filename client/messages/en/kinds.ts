/** How the kinds of record are called, wherever they are spoken of; the sentences of their own screens are in a file each. */
import type { RecordEntity } from '../../../db/values.ts'
import type { Reason } from '../../../server/errors.ts'
import type { Counted } from '../formats.ts'

interface KindNouns {
  noun: Counted
  /** The list and its place in the menu. */
  title: string
  add: string
  /** At the head of what happened to one: without its name, and with it. */
  alone: string
  named(name: string): string
}

export const kinds: Record<RecordEntity, KindNouns> = {
  student: {
    noun: { one: 'student', other: 'students' },
    title: 'Students',
    add: 'Add student',
    alone: 'Student',
    named: (name) => `Student ${name}`,
  },
  guardian: {
    noun: { one: 'guardian', other: 'guardians' },
    title: 'Guardians',
    add: 'Add guardian',
    alone: 'Guardian',
    named: (name) => `Guardian ${name}`,
  },
  class: {
    noun: { one: 'class', other: 'classes' },
    title: 'Classes',
    add: 'Add class',
    alone: 'Class',
    named: (name) => `Class ${name}`,
  },
  instructor: {
    noun: { one: 'instructor', other: 'instructors' },
    title: 'Instructors',
    add: 'Add instructor',
    alone: 'Instructor',
    named: (name) => `Instructor ${name}`,
  },
  academicSession: {
    noun: { one: 'term', other: 'terms' },
    title: 'Terms',
    add: 'Add term',
    alone: 'Term',
    named: (name) => `Term ${name}`,
  },
  course: {
    noun: { one: 'course', other: 'courses' },
    title: 'Courses',
    add: 'Add course',
    alone: 'Course',
    named: (name) => `Course ${name}`,
  },
  room: {
    noun: { one: 'room', other: 'rooms' },
    title: 'Rooms',
    add: 'Add room',
    alone: 'Room',
    named: (name) => `Room ${name}`,
  },
  department: {
    noun: { one: 'department', other: 'departments' },
    title: 'Departments',
    add: 'Add department',
    alone: 'Department',
    named: (name) => `Department ${name}`,
  },
  program: {
    noun: { one: 'program', other: 'programs' },
    title: 'Programs',
    add: 'Add program',
    alone: 'Program',
    named: (name) => `Program ${name}`,
  },
}

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
