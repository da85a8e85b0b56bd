import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
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
  savedViews,
  studentAlerts,
  studentGuardians,
  students,
} from '../../db/schema/index.ts'
import type { School } from '../../server/context.ts'
import { fold, searchText, sortName } from '../../server/people.ts'
import { writeInSchool } from './people.ts'

const person = (givenName: string, familyName: string) => {
  const names = { givenName, familyName }
  return { id: newId(), ...names, sortName: sortName(names), searchText: searchText(names) }
}

const newIds = () => ({
  departmentId: newId(),
  programId: newId(),
  roomId: newId(),
  courseId: newId(),
  academicSessionId: newId(),
  classId: newId(),
  studentId: newId(),
  instructorId: newId(),
  classInstructorId: newId(),
  enrollmentId: newId(),
  meetingId: newId(),
  guardianId: newId(),
  studentGuardianId: newId(),
  studentAlertId: newId(),
  savedViewId: newId(),
})
interface Made extends ReturnType<typeof newIds> {
  schoolId: number
  label: string
}

async function addOffer(tx: Transaction, { schoolId, label, ...ids }: Made): Promise<void> {
  await tx.insert(departments).values({ schoolId, id: ids.departmentId, name: label })
  await tx.insert(rooms).values({ schoolId, id: ids.roomId, name: label, seats: 30 })
  await tx.insert(programs).values({ schoolId, id: ids.programId, name: label, type: 'other' })
  await tx.insert(courses).values({ schoolId, id: ids.courseId, title: label })
  const days = { startDate: '2026-09-01', endDate: '2026-12-18' }
  const term = { schoolId, id: ids.academicSessionId, title: label, type: 'term' as const }
  await tx.insert(academicSessions).values({ ...term, ...days })
}

async function addClass(tx: Transaction, { schoolId, label, ...ids }: Made): Promise<void> {
  const { classId, instructorId, roomId } = ids
  const names = { title: label, sortName: fold(label) }
  await tx.insert(classes).values({ schoolId, id: classId, ...names, courseId: ids.courseId, capacity: 30 })
  await tx.insert(classTerms).values({ schoolId, classId, academicSessionId: ids.academicSessionId })
  await tx.insert(instructors).values({ ...person('Ines', label), id: instructorId, schoolId })
  const teaching = { classId, instructorId, isPrimary: true }
  await tx.insert(classInstructors).values({ schoolId, id: ids.classInstructorId, ...teaching })
  const hours = { weekday: 1, startTime: '09:00', endTime: '09:50', validFrom: '2026-09-01' }
  await tx.insert(meetings).values({ schoolId, id: ids.meetingId, classId, roomId, ...hours })
}

/** Enrolled in the class, with her mother and an alert. */
async function addStudent(tx: Transaction, { schoolId, label, ...ids }: Made) {
  const { studentId, guardianId, classId } = ids
  const student = { ...person('Sam', label), id: studentId, schoolId, version: 1 }
  await tx.insert(students).values({ ...student, birthDate: '2012-05-01' })
  await tx.insert(enrollments).values({ schoolId, id: ids.enrollmentId, studentId, classId, status: 'enrolled' })
  await tx.insert(guardians).values({ ...person('Gina', label), id: guardianId, schoolId, phone: '555 0100' })
  const marks = { hasCustody: true, mayPickUp: true, livesWith: true }
  const link = { studentId, guardianId, relation: 'mother' as const, priority: 1 }
  await tx.insert(studentGuardians).values({ schoolId, id: ids.studentGuardianId, ...link, ...marks })
  await tx
    .insert(studentAlerts)
    .values({ schoolId, id: ids.studentAlertId, studentId, kind: 'medical', text: 'Peanuts' })
  return student
}

/** Shared by whoever belongs to the school; nobody's view where nobody does. */
async function addView(tx: Transaction, { schoolId, label, savedViewId }: Made): Promise<void> {
  const [owner] = await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(eq(memberships.schoolId, schoolId))
    .limit(1)
  const view = { place: 'students' as const, name: label, search: '', isShared: true }
  if (owner) await tx.insert(savedViews).values({ schoolId, id: savedViewId, ...owner, ...view })
}

/** One of everything: a student enrolled in a class that an instructor teaches. Answers their ids. */
export async function makeRecords(school: School, label = 'Record') {
  const ids = newIds()
  const made = { ...ids, schoolId: school.id, label }
  await writeInSchool(school.id, async (tx) => {
    await addOffer(tx, made)
    await addClass(tx, made)
    const after = await addStudent(tx, made)
    await addView(tx, made)
    return [{ entity: 'student', after }]
  })
  return { ...ids, intoId: ids.studentId }
}
