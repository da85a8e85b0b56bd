/** Between a class as the server keeps it and the fields of its form. */
import { createClassInput } from '../../server/classes/input.ts'
import type { FieldOf, FormShape } from '../records/form-shape.ts'
import { numberIn, picked, textOf } from '../records/form-shape.ts'
import { useCourses, useRooms, useTerms } from './class-choices.ts'
import type { SchoolClass } from './class-kind.ts'

const valuesOf = (of?: SchoolClass) => ({
  title: textOf(of?.title),
  code: textOf(of?.code),
  courseId: textOf(of?.courseId),
  academicSessionIds: of?.terms.map(({ id }) => id) ?? [],
  capacity: textOf(of?.capacity),
  roomId: textOf(of?.roomId),
})
export type ClassValues = ReturnType<typeof valuesOf>

const inputOf = (values: ClassValues, fields: readonly FieldOf<ClassValues>[]) => ({
  ...picked(values, fields),
  ...(fields.includes('capacity') && { capacity: numberIn(values.capacity) }),
})

function useWritten() {
  const [courses, rooms, terms] = [useCourses(), useRooms(), useTerms()]
  return (values: ClassValues, field: FieldOf<ClassValues>) => {
    if (field === 'courseId') return courses.find(({ id }) => id === values.courseId)?.title
    if (field === 'roomId') return rooms.find(({ id }) => id === values.roomId)?.name
    if (field !== 'academicSessionIds') return undefined
    return terms.flatMap(({ id, title }) => (values.academicSessionIds.includes(id) ? title : [])).join(', ')
  }
}

export const classForm: FormShape<SchoolClass, ClassValues> = {
  name: 'class',
  schema: createClassInput,
  valuesOf,
  inputOf,
  refusedAt: {
    'academicSession.not_found': 'academicSessionIds',
    'class.capacity_below': 'capacity',
    'course.not_found': 'courseId',
    'room.not_found': 'roomId',
  },
  useWritten,
}
