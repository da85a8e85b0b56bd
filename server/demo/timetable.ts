import { fold } from '../../db/folding.ts'
import { newId } from '../../db/kit.ts'
import { grades, periods, programs, sessions, subjects } from './curriculum.ts'
import { demoName } from './names.ts'
import { Random } from './random.ts'

const studentsPerSection = 24

export const demoEmail = (given: string, family: string, more: string, host: string) =>
  `${fold(given).replace(/[^a-z]/g, '')}.${fold(family).replace(/[^a-z]/g, '')}${more}@${host}`

function instructorRow(departmentId: string, random: Random, index: number) {
  const { from: _, ...name } = demoName(random)
  const email = demoEmail(name.givenName, name.familyName, index ? String(index) : '', 'northgate.example')
  const employment = random.pick(['full-time', 'full-time', 'full-time', 'full-time', 'part-time', 'adjunct'] as const)
  return {
    id: newId(),
    ...name,
    email,
    employment,
    departmentId,
  }
}

function classRow(code: string, title: string, courseId: string, roomId: string) {
  return {
    id: newId(),
    code,
    title,
    courseId,
    capacity: 28,
    roomId,
  }
}

function meetingRows(classId: string, roomId: string, period: number, terms: { startDate: string; endDate: string }[]) {
  const [startTime, endTime] = periods[period % periods.length] ?? periods[0]
  const when = { startTime, endTime, validFrom: terms[0]?.startDate ?? '', validTo: terms.at(-1)?.endDate ?? null }
  return [1, 2, 3, 4, 5].map((weekday) => ({ id: newId(), classId, weekday, roomId, ...when }))
}

function frame() {
  const departments = subjects.map(({ department }) => ({ id: newId(), name: department }))
  const year = { id: newId(), schoolYear: 2027 }
  const academicSessions = sessions.map(({ key: _, ...session }) => ({
    ...year,
    id: newId(),
    ...session,
    parentId: null as string | null,
  }))
  for (const session of academicSessions.slice(1)) session.parentId = academicSessions[0]?.id ?? null
  const offered = programs.map(({ department, ...program }) => ({
    id: newId(),
    ...program,
    departmentId: departments.find(({ name }) => name === department)?.id ?? null,
  }))
  return { departments, academicSessions, programs: offered }
}

type Instructor = ReturnType<typeof instructorRow>
type ClassRow = ReturnType<typeof classRow>

/** A subject has another hour in each grade, and a student has each subject once, so nothing collides. */
export function makeTimetable(students: number, seed: number) {
  const random = new Random(seed)
  const { departments, academicSessions, programs: offered } = frame()
  const sections = Math.max(1, Math.ceil(students / grades.length / studentsPerSection))
  const made = { instructors: [] as Instructor[], rooms: [] as ReturnType<typeof roomRow>[] }
  const courses: ReturnType<typeof courseRow>[] = []
  const classes: ClassRow[] = []
  const classTerms: { id: string }[] = []
  const classInstructors: { id: string }[] = []
  const meetings: { id: string }[] = []
  for (const [s, subject] of subjects.entries()) {
    const departmentId = departments[s]?.id ?? ''
    const terms = academicSessions.filter((_, index) => subject.terms.some((key) => key === sessions[index]?.key))
    const ofSubject = grades.map((grade, g) =>
      courseRow(`${subject.code}${grade}`, subject.courses[g] ?? subject.department, departmentId),
    )
    courses.push(...ofSubject)
    for (let section = 0; section < sections; section++) {
      const instructor = instructorRow(departmentId, random, made.instructors.length)
      const room = roomRow(`${'ABCDEFG'[s]}${101 + section}`)
      made.instructors.push(instructor)
      made.rooms.push(room)
      for (const [g, course] of ofSubject.entries()) {
        const row = classRow(`${course.code}-${section + 1}`, course.title, course.id, room.id)
        classes.push(row)
        classTerms.push(...terms.map(({ id }) => ({ id: newId(), classId: row.id, academicSessionId: id })))
        classInstructors.push(teaching(row.id, instructor.id))
        meetings.push(...meetingRows(row.id, room.id, s + g, terms))
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

const roomRow = (name: string) => ({ id: newId(), name, seats: 30 })

const courseRow = (code: string, title: string, departmentId: string) => ({
  id: newId(),
  code,
  title,
  credits: '1.00',
  departmentId,
})

const teaching = (classId: string, instructorId: string) => ({
  id: newId(),
  classId,
  instructorId,
  isPrimary: true,
})

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
