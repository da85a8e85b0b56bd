import { newId } from '../../db/kit.ts'
import {
  academicSessions,
  classes,
  classInstructors,
  classTerms,
  courses,
  enrollments,
  instructors,
  programs,
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
    programId: newId(),
    courseId: newId(),
    academicSessionId: newId(),
    classId: newId(),
    studentId: newId(),
    instructorId: newId(),
  }
  await writeInSchool(schoolId, async (tx) => {
    const student = { ...person('Sam', label), id: ids.studentId, schoolId, version: 1 }
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
    await tx
      .insert(classInstructors)
      .values({ schoolId, classId: ids.classId, instructorId: ids.instructorId, isPrimary: true })
    await tx.insert(students).values({ ...student, birthDate: '2012-05-01' })
    await tx
      .insert(enrollments)
      .values({ schoolId, studentId: ids.studentId, classId: ids.classId, status: 'enrolled' })
    return [{ entity: 'student', after: student }]
  })
  return ids
}
