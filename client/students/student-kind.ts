import { area } from '../messages/languages.ts'
import { fullName } from '../people.ts'
import type { RecordKind } from '../records/record-kind.ts'
import type { Student } from './student-queries.ts'

export const studentFormWords = area('studentForm')

export const studentKind: RecordKind<Student> = {
  procedures: (trpc) => trpc.students,
  path: 'students',
  entity: 'student',
  write: 'student.write',
  nameOf: fullName,
  words: studentFormWords,
}
