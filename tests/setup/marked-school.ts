/** Schools full of marked values. */
import { eq } from 'drizzle-orm'
import * as schema from '../../db/schema/index.ts'
import type { Role } from '../../db/values.ts'
import { missingKinds, roles } from '../../db/values.ts'
import { allows } from '../../server/access.ts'
import type { School } from '../../server/context.ts'
import { missingShelf } from '../../server/imports/keep-missing.ts'
import { writePiece } from '../../server/imports/pieces.ts'
import type { Person } from '../../server/trpc.ts'
import { addResult } from './imports.ts'
import type { Fields, MarkedRow } from './marked-rows.ts'
import { entities, Filling, mark, marks, rows } from './marked-rows.ts'
import { db, makeSchool, now, writeInSchool } from './people.ts'

/** Who looks: each role of the first school, an instructor without a record, the administrator of the second school. */
export interface Viewer {
  name: string
  role: Role
  school: string
  person: Person
}

interface Shared {
  academicSessionId: string
  programId: string
  departmentId: string
}
function addShared(filling: Filling): Shared {
  const add = (table: object, given: Fields = {}) => filling.add(table, 'everybody', given)
  const departmentId = add(schema.departments)
  const programId = add(schema.programs, { type: 'other', departmentId })
  const days = { startDate: '2026-09-01', endDate: '2026-12-18' }
  const academicSessionId = add(schema.academicSessions, { type: 'term', ...days, parentId: null })
  return { academicSessionId, programId, departmentId }
}

/** Its calendar with a closed day, and one period in one bell schedule. */
function addCalendar(filling: Filling): void {
  const add = (table: object, given: Fields = {}) => filling.add(table, 'everybody', given)
  const calendarId = add(schema.calendars, { isDefault: true, cycleLength: null })
  const periodId = add(schema.periods, { position: 0 })
  const bellScheduleId = add(schema.bellSchedules, { isDefault: true })
  add(schema.bellTimes, { bellScheduleId, periodId, startTime: '09:00', endTime: '10:00' })
  add(schema.calendarDays, { calendarId, date: '2026-11-20', kind: 'lateOrEarly', membership: '1.000', bellScheduleId })
}

/** Its secret is for nobody to see. */
function addWebhook(filling: Filling): void {
  const webhookId = filling.add(schema.webhooks, 'everybody', { entities: ['student'], state: 'on' })
  filling.add(schema.webhookDeliveries, 'everybody', { webhookId, position: 0, attempts: 0 })
}

/** A class with a course, a room, a meeting, an instructor, and a student with everything that is known of one. */
function addClass(filling: Filling, place: 'mine' | 'theirs', shared: Shared, taughtBy?: string | null) {
  const { academicSessionId, programId, departmentId } = shared
  const add = (table: object, given: Fields = {}) => filling.add(table, place, given)
  const roomId = add(schema.rooms, { seats: 30 })
  const courseId = add(schema.courses, { departmentId })
  const classId = add(schema.classes, { courseId, roomId, capacity: 1 })
  const instructorId = taughtBy ?? add(schema.instructors, { departmentId })
  const studentId = add(schema.students, { programId, mergedIntoId: null })
  const guardianId = add(schema.guardians)
  add(schema.classTerms, { classId, academicSessionId })
  const classInstructorId = add(schema.classInstructors, { classId, instructorId, isPrimary: true })
  const meetingId = add(schema.meetings, {
    classId,
    roomId,
    weekday: 5,
    startTime: '09:00',
    endTime: '10:00',
    validFrom: '2026-09-01',
  })
  const enrollmentId = add(schema.enrollments, {
    classId,
    studentId,
    status: 'enrolled',
    beginDate: '2026-09-01',
  })
  add(schema.studentAddresses, { studentId, kind: 'local' })
  const stay = { studentId, beginDate: '2026-09-01', entryType: 'new' }
  const schoolEnrollmentId = add(schema.schoolEnrollments, stay)
  const studentAlertId = add(schema.studentAlerts, { studentId, kind: 'medical' })
  const studentGuardianId = add(schema.studentGuardians, {
    studentId,
    guardianId,
    relation: 'mother',
    priority: 1,
    hasCustody: false,
    mayPickUp: false,
    livesWith: true,
    isBarred: true,
  })
  const offer = { roomId, courseId, classId, instructorId, classInstructorId, meetingId }
  return { ...offer, studentId, guardianId, enrollmentId, schoolEnrollmentId, studentAlertId, studentGuardianId }
}

function addPerson(filling: Filling, name: string, role: Role, instructorId: string | null): Viewer {
  const place = `person:${name}` as const
  const { school } = filling
  const userId = filling.add(schema.users, place, { createdAt: now })
  filling.add(schema.memberships, place, { userId, role, instructorId, invitedName: null })
  const sessionId = filling.add(schema.sessions, place, { userId, createdAt: now, lastSeenAt: now })
  filling.add(schema.oneTimeTokens, place, {
    userId,
    purpose: 'passwordReset',
    expiresAt: new Date(now.getTime() + 1),
  })
  const waits = { state: 'ready', choices: {}, report: null, createdAt: now, changedAt: now }
  filling.add(schema.imports, place, { userId, ...waits })
  filling.add(schema.savedViews, place, { userId, place: 'students' })
  if (allows({ role }, 'savedView.share'))
    filling.add(schema.savedViews, 'everybody', { userId, place: 'students', isShared: true })
  const told = (column: string) => marks.findLast((mark) => mark.id === userId && mark.column === column)?.text ?? ''
  const memberships = [{ school, role, instructorId }]
  const person = {
    userId,
    sessionId,
    signedInAt: now,
    name: told('name'),
    email: `${told('email')}@school.example`,
    memberships,
  }
  return { name, role, school: school.name, person }
}

async function fill(school: School, people: (instructorId: string) => [string, Role, string | null][]) {
  const viewers: Viewer[] = []
  await writeInSchool(school.id, async (tx) => {
    const filling = new Filling(school)
    const shared = addShared(filling)
    addCalendar(filling)
    addWebhook(filling)
    const { programId } = shared
    const mine = addClass(filling, 'mine', shared)
    const theirs = addClass(filling, 'theirs', shared)
    // The student of the one class also sits in the other, and one student in none.
    filling.add(schema.enrollments, 'theirs', {
      classId: theirs.classId,
      studentId: mine.studentId,
      status: 'withdrawn',
      beginDate: '2026-09-02',
      withdrawalReason: 'other',
    })
    filling.add(schema.students, 'theirs', { programId, mergedIntoId: null })
    for (const [name, role, instructorId] of people(mine.instructorId))
      viewers.push(addPerson(filling, name, role, instructorId))
    return filling.store(tx)
  })
  const made = await db
    .select({ id: schema.operations.id })
    .from(schema.operations)
    .where(eq(schema.operations.schoolId, school.id))
  for (const { id } of made) {
    const row: MarkedRow = { school: school.name, table: 'operations', id, place: 'everybody' }
    rows.push(row)
    await addResult(school.id, id, mark({ ...row, table: 'import_results' }, 'name'))
  }
  await addMissing(school)
  return viewers
}

/** Each import says of every record that its bundle lacks it. */
async function addMissing({ id: schoolId, name }: School): Promise<void> {
  const here = rows.filter(({ school }) => school === name)
  for (const { id } of here.filter(({ table }) => table === 'imports'))
    for (const kind of missingKinds) {
      const lacked = here.filter(({ table }) => entities[table] === kind)
      const told = lacked.map((row) => ({ schoolId, id: row.id, sourcedId: row.id }))
      await writePiece(db, { schoolId, id }, missingShelf(kind), 0, told)
    }
}

/** Two schools of the same making, and those who look at the first. */
export async function makeMarkedSchools(): Promise<{ home: School; viewers: Viewer[] }> {
  const marked = async (name: string) => {
    const row = { school: name, table: 'schools', id: name, place: 'everybody' as const }
    const school = await makeSchool(mark(row, 'name'))
    for (const one of marks) if (one.school === name) one.school = school.name
    return school
  }
  const home = await marked('home')
  const viewers = await fill(home, (instructorId) => [
    ...roles.map((role): [string, Role, string | null] => [role, role, role === 'instructor' ? instructorId : null]),
    ['newcomer', 'instructor', null],
  ])
  const away = await marked('away')
  viewers.push(...(await fill(away, () => [['stranger', 'administrator', null]])))
  return { home, viewers }
}

/** For each of these calls a class with all that belongs to it, taught by the caller if she teaches, and a member. */
export async function addMarked(school: School, callers: readonly Viewer[]) {
  const filling = new Filling(school)
  const made = callers.map(({ person }) => {
    const shared = addShared(filling)
    const own = person.memberships[0]?.instructorId
    const taught = addClass(filling, own ? 'mine' : 'theirs', shared, own)
    return { ...shared, ...taught, member: addPerson(filling, `member${marks.length}`, 'viewer', null) }
  })
  await writeInSchool(school.id, (tx) => filling.store(tx))
  return made
}
