/** Rooms, people and classes for a timetable, made past the procedures and as briefly as a test wants to say them. */
import { newId } from '../../../db/kit.ts'
import {
  classes,
  classInstructors,
  enrollments,
  instructors,
  meetings,
  rooms,
  students,
} from '../../../db/schema/index.ts'
import type { School } from '../../../server/context.ts'
import { fold, searchText, sortName } from '../../../server/people.ts'
import { writeInSchool } from '../../setup/people.ts'

type Enrollment = typeof enrollments.$inferInsert
type Assignment = typeof classInstructors.$inferInsert
type Meeting = typeof meetings.$inferInsert

const person = (givenName: string, familyName: string) => {
  const names = { givenName, familyName }
  return { ...names, sortName: sortName(names), searchText: searchText(names) }
}

export function timetableOf({ id: schoolId }: School) {
  const add = async (write: Parameters<typeof writeInSchool>[1]) => writeInSchool(schoolId, write)
  return {
    async room(name: string, seats: number | null = null) {
      const id = newId()
      await add(async (tx) => {
        await tx.insert(rooms).values({ schoolId, id, name, seats })
        return []
      })
      return id
    },
    async class(title: string, more: Partial<typeof classes.$inferInsert> = {}) {
      const id = newId()
      await add(async (tx) => {
        await tx.insert(classes).values({ schoolId, id, title, sortName: fold(title), ...more })
        return []
      })
      return id
    },
    async student(givenName: string, familyName: string, ...in_: (Partial<Enrollment> & { classId: string })[]) {
      const id = newId()
      await add(async (tx) => {
        await tx.insert(students).values({ schoolId, id, ...person(givenName, familyName) })
        for (const one of in_)
          await tx.insert(enrollments).values({ schoolId, studentId: id, status: 'enrolled', ...one })
        return []
      })
      return id
    },
    async instructor(givenName: string, familyName: string, ...of: (Partial<Assignment> & { classId: string })[]) {
      const id = newId()
      await add(async (tx) => {
        await tx.insert(instructors).values({ schoolId, id, ...person(givenName, familyName) })
        for (const one of of) await tx.insert(classInstructors).values({ schoolId, instructorId: id, ...one })
        return []
      })
      return id
    },
    /** By default on Mondays from nine to ten, since September. */
    async meets(classId: string, ...when: Partial<Meeting>[]) {
      await add(async (tx) => {
        for (const one of when)
          await tx.insert(meetings).values({
            schoolId,
            classId,
            weekday: one.cycleDay ? null : 1,
            startTime: '09:00',
            endTime: '10:00',
            validFrom: '2026-09-01',
            ...one,
          })
        return []
      })
    },
  }
}
