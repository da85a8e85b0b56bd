/** All that apps may ask. A route is a procedure, its address, and what of the answer they are told. */
import { z } from 'zod'
import type { Permission } from '../access.ts'
import * as of from './outputs.ts'

export interface Route {
  method: 'GET' | 'POST' | 'PATCH'
  /** The names in braces are fields of the procedure's input. */
  path: string
  procedure: string
  summary: string
  answer: z.ZodType
  isList?: true
  /** The fields of the input that the query may give. */
  query?: readonly string[]
  /** The key under which the procedure answers it. */
  under?: string
  /** The caller names the version it saw in If-Match. */
  isSeen?: true
  creates?: true
  /** What the answer tells besides what the procedure is for. */
  also?: Permission
}

const archived = ['archived'] as const
const paged = ['search', 'archived', 'limit', 'cursor'] as const

type Row = Omit<Route, 'method' | 'path' | 'procedure' | 'summary' | 'answer'>
const row =
  (method: Route['method']) =>
  (path: string, procedure: string, summary: string, answer: z.ZodType, more: Row = {}): Route => ({
    ...{ method, path, procedure, summary, answer },
    ...more,
  })
const get = row('GET')
const post = row('POST')
const change = (path: string, procedure: string, summary: string, answer: z.ZodType, also: Permission): Route =>
  row('PATCH')(path, procedure, summary, answer, { isSeen: true, also })
const make = (path: string, procedure: string, summary: string, answer: z.ZodType, also: Permission): Route =>
  post(path, procedure, summary, answer, { creates: true, also })
const list = (path: string, procedure: string, summary: string, answer: z.ZodType, more: Row = {}): Route =>
  get(path, procedure, summary, answer, { isList: true, ...more })

const enrolled = z
  .object({
    outcomes: z.array(z.object({ studentId: z.uuid(), outcome: z.enum(['already', 'enrolled', 'waitlisted']) })),
  })
  .meta({ id: 'Enrolled' })

export const routes: readonly Route[] = [
  list('/students', 'students.list', 'Students, by name', of.student, {
    query: [...paged, 'gradeLevel', 'status', 'programId', 'sort', 'descending'],
  }),
  get('/students/{id}', 'students.get', 'One student', of.student),
  make('/students', 'students.create', 'Adds a student', of.student, 'student.read'),
  change('/students/{id}', 'students.update', 'Changes the fields that are sent', of.student, 'student.read'),
  list('/students/{studentId}/enrollments', 'enrollments.list', 'The classes of a student', of.studentEnrollment, {
    also: 'student.read',
  }),
  list('/students/{studentId}/guardians', 'studentGuardians.list', 'Whom to call, in order', of.studentGuardian),
  list('/students/{studentId}/alerts', 'studentAlerts.list', 'What must be known of a student', of.studentAlert, {
    under: 'alerts',
  }),
  list('/students/{studentId}/stays', 'schoolEnrollments.list', 'The days of a student at the school', of.stay),
  list('/guardians', 'guardians.list', 'Guardians, by name', of.guardian, { query: [...paged, 'descending'] }),
  get('/guardians/{id}', 'guardians.get', 'One guardian', of.guardian),
  make('/guardians', 'guardians.create', 'Adds a guardian', of.guardian, 'guardian.read'),
  change('/guardians/{id}', 'guardians.update', 'Changes the fields that are sent', of.guardian, 'guardian.read'),
  list('/instructors', 'instructors.list', 'Instructors, by name', of.instructor, { query: archived }),
  get('/instructors/{id}', 'instructors.get', 'One instructor', of.instructor),
  make('/instructors', 'instructors.create', 'Adds an instructor', of.instructor, 'instructor.read'),
  change(
    '/instructors/{id}',
    'instructors.update',
    'Changes the fields that are sent',
    of.instructor,
    'instructor.read',
  ),
  list('/classes', 'classes.list', 'Classes, by title', of.listedClass, {
    query: [...paged, 'academicSessionId', 'courseId', 'roomId', 'instructorId', 'departmentId'],
  }),
  get('/classes/{id}', 'classes.get', 'One class', of.oneClass),
  make('/classes', 'classes.create', 'Adds a class', of.oneClass, 'class.read'),
  change('/classes/{id}', 'classes.update', 'Changes the fields that are sent', of.oneClass, 'class.read'),
  list('/classes/{id}/enrollments', 'classes.get', 'Who sits in a class, and who waits', of.classEnrollment, {
    under: 'roster',
    also: 'student.read',
  }),
  list('/classes/{classId}/meetings', 'meetings.list', 'When and where a class meets', of.meeting, {
    under: 'meetings',
  }),
  post('/classes/{classId}/enrollments', 'classes.enroll', 'Enrolls students in a class', enrolled, {
    also: 'class.read',
  }),
  post('/enrollments/{id}/withdrawal', 'enrollments.withdraw', 'Withdraws a student from a class', of.enrollment, {
    isSeen: true,
    also: 'class.read',
  }),
  list('/courses', 'courses.list', 'Courses, by title', of.course, { query: archived }),
  get('/courses/{id}', 'courses.get', 'One course', of.course),
  make('/courses', 'courses.create', 'Adds a course', of.course, 'course.read'),
  change('/courses/{id}', 'courses.update', 'Changes the fields that are sent', of.course, 'course.read'),
  list('/rooms', 'rooms.list', 'Rooms, by name', of.room, { query: archived }),
  get('/rooms/{id}', 'rooms.get', 'One room', of.room),
  make('/rooms', 'rooms.create', 'Adds a room', of.room, 'room.read'),
  change('/rooms/{id}', 'rooms.update', 'Changes the fields that are sent', of.room, 'room.read'),
  list('/departments', 'departments.list', 'Departments, by name', of.department, { query: archived }),
  get('/departments/{id}', 'departments.get', 'One department', of.department),
  make('/departments', 'departments.create', 'Adds a department', of.department, 'department.read'),
  change(
    '/departments/{id}',
    'departments.update',
    'Changes the fields that are sent',
    of.department,
    'department.read',
  ),
  list('/programs', 'programs.list', 'Programs, by name', of.program, { query: archived }),
  get('/programs/{id}', 'programs.get', 'One program', of.program),
  make('/programs', 'programs.create', 'Adds a program', of.program, 'program.read'),
  change('/programs/{id}', 'programs.update', 'Changes the fields that are sent', of.program, 'program.read'),
  list('/academic-sessions', 'academicSessions.list', 'School years and terms, by days', of.academicSession, {
    query: archived,
  }),
  get('/academic-sessions/{id}', 'academicSessions.get', 'One school year or term', of.academicSession),
  make(
    '/academic-sessions',
    'academicSessions.create',
    'Adds a school year or term',
    of.academicSession,
    'academicSession.read',
  ),
  change(
    '/academic-sessions/{id}',
    'academicSessions.update',
    'Changes the fields that are sent',
    of.academicSession,
    'academicSession.read',
  ),
  list('/timetable', 'meetings.master', 'What is held on a day or in its week, by room, instructor or time', of.line, {
    query: ['by', 'day', 'span', 'limit', 'cursor'],
    under: 'lines',
  }),
  list('/changes', 'journal.changes', 'What changed after a number of the journal', of.change, {
    query: ['after', 'limit'],
  }),
]
