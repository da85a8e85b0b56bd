import { studentForm, studentKind as words } from '../messages/en-student-form.ts'
import type { Area } from '../messages/messages.tsx'
import type { RecordKind } from '../records/record-kind.ts'
import { fullName } from './student-name.ts'
import type { Student } from './student-queries.ts'
import { studentChanged, studentsChanged } from './student-queries.ts'

export const studentKind: RecordKind<Student> = {
  feature: 'students',
  path: 'students',
  entity: 'student',
  write: 'student.write',
  nameOf: fullName,
  words: { en: words },
  changed: studentChanged,
  manyChanged: studentsChanged,
}

export const studentFormWords: Area<ReturnType<typeof studentForm>> = { en: studentForm }
