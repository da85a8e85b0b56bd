import { newId } from '../../db/kit.ts'
import { classSortName, fold, searchText, sortName } from '../people.ts'
import { grades, periods, programs, sessions, subjects } from './curriculum.ts'
import { demoName } from './names.ts'
import { Random } from './random.ts'

const studentsPerSection = 24

const fresh = (schoolId: number) => ({ schoolId, id: newId(), version: 1, archivedAt: null })
const imported = { sourcedId: null, extra: {} }

export const demoEmail = (given: string, family: string, more: string, host: string) =>
  `${fold(given).replace(/[^a-z]/g, '')}.${fold(family).replace(/[^a-z]/g, '')}${more}@${host}`

function instructorRow(schoolId: number, departmentId: string, random: Random, index: number) {
  const { from: _, ...name } = demoName(random)
  const email = demoEmail(name.givenName, name.familyName, index ? String(index) : '', 'northgate.example')
  const employment = random.pick(['full-time', 'full-time', 'full-time', 'full-time', 'part-time', 'adjunct'] as const)
  return {
    ...fresh(schoolId),
    ...name,
    sortName: sortName(name),
    searchText: searchText(name, email),
    email,
    employment,
    status: 'active' as const,
    departmentId,
    ...imported,
  }
}

function classRow(schoolId: number, code: string, title: string, courseId: string, roomId: string) {
  return {
    ...fresh(schoolId),
    code,
    title,
    sortName: classSortName(title, code),
    courseId,
    capacity: 28,
    roomId,
    ...imported,
  }
}

function meetingRows(
  schoolId: number,
  classId: string,
  roomId: string,
  period: number,
  terms: { startDate: string; endDate: string }[],
) {
  const [startTime, endTime] = periods[period % periods.length] ?? periods[0]
  const when = { startTime, endTime, validFrom: terms[0]?.startDate ?? '', validTo: terms.at(-1)?.endDate ?? null }
  return [1, 2, 3, 4, 5].map((weekday) => ({ ...fresh(schoolId), classId, weekday, cycleDay: null, roomId, ...when }))
}

function frame(schoolId: number) {
  const departments = subjects.map(({ department }) => ({ ...fresh(schoolId), name: department, ...imported }))
  const year = { ...fresh(schoolId), schoolYear: 2027, ...imported }
  const academicSessions = sessions.map(({ key: _, ...session }) => ({
    ...year,
    id: newId(),
    ...session,
    parentId: null as string | null,
  }))
  for (const session of academicSessions.slice(1)) session.parentId = academicSessions[0]?.id ?? null
  const offered = programs.map(({ department, ...program }) => ({
    ...fresh(schoolId),
    ...program,
    departmentId: departments.find(({ name }) => name === department)?.id ?? null,
    ...imported,
  }))
  return { departments, academicSessions, programs: offered }
}

type Instructor = ReturnType<typeof instructorRow>
type ClassRow = ReturnType<typeof classRow>

/** A subject has another hour in each grade, and a student has each subject once, so nothing collides. */
export function makeTimetable(schoolId: number, students: number, seed: number) {
  const random = new Random(seed)
  const { departments, academicSessions, programs: offered } = frame(schoolId)
  const sections = Math.max(1, Math.ceil(students / grades.length / studentsPerSection))
  const made = { instructors: [] as Instructor[], rooms: [] as ReturnType<typeof roomRow>[] }
  const courses: ReturnType<typeof courseRow>[] = []
  const classes: ClassRow[] = []
  const classTerms: object[] = []
  const classInstructors: object[] = []
  const meetings: object[] = []
  for (const [s, subject] of subjects.entries()) {
    const departmentId = departments[s]?.id ?? ''
    const terms = academicSessions.filter((_, index) => subject.terms.some((key) => key === sessions[index]?.key))
    const ofSubject = grades.map((grade, g) =>
      courseRow(schoolId, `${subject.code}${grade}`, subject.courses[g] ?? subject.department, departmentId),
    )
    courses.push(...ofSubject)
    for (let section = 0; section < sections; section++) {
      const instructor = instructorRow(schoolId, departmentId, random, made.instructors.length)
      const room = roomRow(schoolId, `${'ABCDEFG'[s]}${101 + section}`)
      made.instructors.push(instructor)
      made.rooms.push(room)
      for (const [g, course] of ofSubject.entries()) {
        const row = classRow(schoolId, `${course.code}-${section + 1}`, course.title, course.id, room.id)
        classes.push(row)
        classTerms.push(...terms.map(({ id }) => ({ ...fresh(schoolId), classId: row.id, academicSessionId: id })))
        classInstructors.push(teaching(schoolId, row.id, instructor.id))
        meetings.push(...meetingRows(schoolId, row.id, room.id, s + g, terms))
      }
    }
  }
  return {
    departments,
    programs: offered,
    academicSessions,
    courses,
    ...made,
    classes,
    classTerms,
    classInstructors,
    meetings,
    sections,
  }
}
export type Timetable = ReturnType<typeof makeTimetable>

const roomRow = (schoolId: number, name: string) => ({ ...fresh(schoolId), name, seats: 30, ...imported })

const courseRow = (schoolId: number, code: string, title: string, departmentId: string) => ({
  ...fresh(schoolId),
  code,
  title,
  credits: '1.00',
  departmentId,
  ...imported,
})

const teaching = (schoolId: number, classId: string, instructorId: string) => ({
  ...fresh(schoolId),
  classId,
  instructorId,
  isPrimary: true,
  beginDate: null,
  endDate: null,
  ...imported,
})

/** Students fill the sections evenly. */
export function* classesOf(
  timetable: Timetable,
  grade: number,
  index: number,
  subjectsTaken: number,
): Generator<ClassRow> {
  const { sections, classes } = timetable
  const round = Math.floor(index / sections)
  for (let subject = 0; subject < Math.min(subjectsTaken, subjects.length); subject++) {
    const section = (index + subject * round) % sections
    const found = classes[(subject * sections + section) * grades.length + grade]
    if (found) yield found
  }
}
