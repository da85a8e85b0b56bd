import { eq } from 'drizzle-orm'
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

/** One of everything: a student enrolled in a class that an instructor teaches. Answers their ids. */
export async function makeRecords(school: School, label = 'Record') {
  const schoolId = school.id
  const ids = {
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
  }
  await writeInSchool(schoolId, async (tx) => {
    const student = { ...person('Sam', label), id: ids.studentId, schoolId, version: 1 }
    await tx.insert(departments).values({ schoolId, id: ids.departmentId, name: label })
    await tx.insert(rooms).values({ schoolId, id: ids.roomId, name: label, seats: 30 })
    await tx.insert(programs).values({ schoolId, id: ids.programId, name: label, type: 'other' })
    await tx.insert(courses).values({ schoolId, id: ids.courseId, title: label })
    await tx.insert(academicSessions).values({
      schoolId,
      id: ids.academicSessionId,
      title: label,
      type: 'term',
      startDate: '2026-09-01',
      endDate: '2026-12-18',
    })
    await tx
      .insert(classes)
      .values({ schoolId, id: ids.classId, title: label, sortName: fold(label), courseId: ids.courseId, capacity: 30 })
    await tx.insert(classTerms).values({ schoolId, classId: ids.classId, academicSessionId: ids.academicSessionId })
    await tx.insert(instructors).values({ ...person('Ines', label), id: ids.instructorId, schoolId })
    await tx.insert(classInstructors).values({
      schoolId,
      id: ids.classInstructorId,
      classId: ids.classId,
      instructorId: ids.instructorId,
      isPrimary: true,
    })
    await tx.insert(meetings).values({
      schoolId,
      id: ids.meetingId,
      classId: ids.classId,
      weekday: 1,
      startTime: '09:00',
      endTime: '09:50',
      roomId: ids.roomId,
      validFrom: '2026-09-01',
    })
    await tx.insert(students).values({ ...student, birthDate: '2012-05-01' })
    await tx
      .insert(enrollments)
      .values({ schoolId, id: ids.enrollmentId, studentId: ids.studentId, classId: ids.classId, status: 'enrolled' })
    await tx.insert(guardians).values({ ...person('Gina', label), id: ids.guardianId, schoolId, phone: '555 0100' })
    await tx.insert(studentGuardians).values({
      schoolId,
      id: ids.studentGuardianId,
      studentId: ids.studentId,
      guardianId: ids.guardianId,
      relation: 'mother',
      priority: 1,
      hasCustody: true,
      mayPickUp: true,
      livesWith: true,
    })
    await tx
      .insert(studentAlerts)
      .values({ schoolId, id: ids.studentAlertId, studentId: ids.studentId, kind: 'medical', text: 'Peanuts' })
    const [owner] = await tx
      .select({ userId: memberships.userId })
      .from(memberships)
      .where(eq(memberships.schoolId, schoolId))
      .limit(1)
    if (owner)
      await tx
        .insert(savedViews)
        .values({ schoolId, id: ids.savedViewId, ...owner, place: 'students', name: label, search: '', isShared: true })
    return [{ entity: 'student', after: student }]
  })
  return { ...ids, intoId: ids.studentId }
}
