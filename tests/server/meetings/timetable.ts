/**
 * Rooms, people and classes for a timetable, as briefly as a test wants to say them. Enrollments, assignments and meetings
 * are written as rows: they are over, put away or begin in the past, as the procedures do not let them.
 */
import { classInstructors, enrollments, meetings } from '../../../db/schema/index.ts'
import type { Person } from '../../../server/trpc.ts'
import { as, writeInSchool } from '../../setup/people.ts'

type Enrollment = Partial<typeof enrollments.$inferInsert> & { classId: string }
type Assignment = Partial<typeof classInstructors.$inferInsert> & { classId: string }
type Meeting = Partial<typeof meetings.$inferInsert>

/** By default on Mondays from nine to ten, since September. */
const onMondays = { startTime: '09:00', endTime: '10:00', validFrom: '2026-09-01' }

export function timetableOf(office: Person) {
  const schoolId = office.memberships[0]?.school.id ?? 0
  const api = () => as(office)
  const add = <Row>(
    rows: Row[],
    write: (tx: Parameters<Parameters<typeof writeInSchool>[1]>[0], row: Row) => unknown,
  ) =>
    writeInSchool(schoolId, async (tx) => {
      for (const row of rows) await write(tx, row)
      return []
    })
  return {
    room: async (name: string, seats: number | null = null) => (await api().rooms.create({ name, seats })).id,
    class: async (title: string, more: { capacity?: number; code?: string } = {}) =>
      (await api().classes.create({ title, ...more })).id,
    async student(givenName: string, familyName: string, ...in_: Enrollment[]) {
      const { id: studentId } = await api().students.create({ givenName, familyName })
      await add(in_, (tx, one) =>
        tx.insert(enrollments).values({ schoolId, studentId, status: 'enrolled' as const, ...one }),
      )
      return studentId
    },
    async instructor(givenName: string, familyName: string, ...of: Assignment[]) {
      const { id: instructorId } = await api().instructors.create({ givenName, familyName })
      await add(of, (tx, one) => tx.insert(classInstructors).values({ schoolId, instructorId, ...one }))
      return instructorId
    },
    meets: (classId: string, ...when: Meeting[]) =>
      add(when, (tx, one) =>
        tx.insert(meetings).values({ schoolId, classId, weekday: one.cycleDay ? null : 1, ...onMondays, ...one }),
      ),
  }
}
