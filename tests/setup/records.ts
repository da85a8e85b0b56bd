import { and, eq, inArray } from 'drizzle-orm'
import { memberships } from '../../db/schema/index.ts'
import type { School } from '../../server/context.ts'
import type { Person } from '../../server/trpc.ts'
import { addImport } from './imports.ts'
import type { Caller } from './people.ts'
import { as, db, makePerson } from './people.ts'

/** The first day of the term, on which the office does all this. */
const startDate = '2026-09-01'
const now = new Date(`${startDate}T07:00:00Z`)

/** Somebody of the school's office. */
async function officeOf(school: School): Promise<Person> {
  const [member] = await db
    .select({ userId: memberships.userId, role: memberships.role, instructorId: memberships.instructorId })
    .from(memberships)
    .where(and(eq(memberships.schoolId, school.id), inArray(memberships.role, ['administrator', 'registrar'])))
    .limit(1)
  if (!member) return makePerson(school, 'registrar')
  const { userId, role, instructorId } = member
  return { userId, sessionId: '', signedInAt: now, name: '', email: '', memberships: [{ school, role, instructorId }] }
}

async function makeOffer(api: () => Caller, label: string) {
  const { id: departmentId } = await api().departments.create({ name: label })
  const { id: roomId } = await api().rooms.create({ name: label, seats: 30 })
  const { id: programId } = await api().programs.create({ name: label, type: 'other' })
  const { id: courseId } = await api().courses.create({ title: label })
  const term = { title: label, type: 'term' as const, startDate, endDate: '2026-12-18' }
  const { id: academicSessionId } = await api().academicSessions.create(term)
  return { departmentId, roomId, programId, courseId, academicSessionId }
}

/** With an instructor, and a meeting on Mondays. */
async function makeClass(api: () => Caller, label: string, { roomId, courseId, academicSessionId }: Offer) {
  const academicSessionIds = [academicSessionId]
  const { id: classId } = await api().classes.create({ title: label, courseId, capacity: 30, academicSessionIds })
  const { id: instructorId } = await api().instructors.create({ givenName: 'Ines', familyName: label })
  const teaching = { classId, instructorId, isPrimary: true }
  const { id: classInstructorId } = await api().classInstructors.create(teaching)
  const hours = { weekday: 1, startTime: '09:00', endTime: '09:50', roomId }
  await api().meetings.update({ classId, meetings: [hours], seen: [], from: startDate, to: null })
  const [meeting] = (await api().meetings.list({ classId })).meetings
  return { classId, instructorId, classInstructorId, meetingId: meeting?.id ?? '' }
}
type Offer = Awaited<ReturnType<typeof makeOffer>>

/** Enrolled in the class, with her mother and an alert. */
async function makeStudent(api: () => Caller, label: string, classId: string) {
  const names = { givenName: 'Sam', familyName: label }
  const { id: studentId } = await api().students.create({ ...names, birthDate: '2012-05-01' })
  await api().classes.enroll({ classId, studentIds: [studentId] })
  const [enrollment] = await api().enrollments.list({ studentId })
  const guardian = { givenName: 'Gina', familyName: label, phone: '555 0100' }
  const marks = { hasCustody: true, mayPickUp: true, livesWith: true }
  const [stay] = await api().schoolEnrollments.create({ studentId, beginDate: startDate })
  const [link] = await api().studentGuardians.create({ studentId, guardian, relation: 'mother', ...marks })
  const { alerts } = await api().studentAlerts.create({ studentId, kind: 'medical', text: 'Peanuts' })
  return {
    studentId,
    enrollmentId: enrollment?.id ?? '',
    schoolEnrollmentId: stay?.id ?? '',
    guardianId: link?.guardianId ?? '',
    studentGuardianId: link?.id ?? '',
    studentAlertId: alerts[0]?.id ?? '',
  }
}

/** One of everything: a student enrolled in a class that an instructor teaches. Answers their ids. */
export async function makeRecords(school: School, label = 'Record') {
  const office = await officeOf(school)
  const api = () => as(office, { now })
  const offer = await makeOffer(api, label)
  const taught = await makeClass(api, label, offer)
  const student = await makeStudent(api, label, taught.classId)
  const view = await api().savedViews.create({ place: 'students', name: label, search: '', isShared: true })
  const importId = await addImport(school.id, office.userId)
  return { ...offer, ...taught, ...student, savedViewId: view.id, importId, intoId: student.studentId }
}

/** A period in a bell schedule, and a day of the calendar that has it. */
export async function makeBells(school: School) {
  const office = await officeOf(school)
  const api = () => as(office, { now })
  const { periods, schedules } = await api().periods.save({
    periods: [{ code: '1', name: 'First' }],
    schedules: [{ name: 'Usual', isDefault: true, times: [{ period: 0, startTime: '09:00', endTime: '09:50' }] }],
    seen: [],
  })
  const [periodId, bellScheduleId] = [periods[0]?.id ?? '', schedules[0]?.id ?? '']
  const day = { from: '2027-01-04', to: '2027-01-04', kind: 'lateOrEarly' as const }
  const { days } = await api().calendars.changeDays({ ...day, bellScheduleId, seen: [] })
  return { periodId, bellScheduleId, calendarDayId: days[0]?.id ?? '' }
}
