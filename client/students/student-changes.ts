import { studentStatuses } from '../../db/values.ts'
import { useWords } from '../messages/messages.tsx'
import type { Change } from '../records/many/change.ts'
import { studentFormWords } from './student-kind.ts'
import { studentWords } from './student-words.ts'
import { usePrograms } from './students-filters.tsx'
import { useGrades } from './use-grades.ts'

export function useStudentChanges(): Change[] {
  const student = useWords(studentWords)
  const { form: words, many } = useWords(studentFormWords)
  const grades = useGrades()
  const programs = usePrograms().map(({ id, name }) => ({ value: id, label: name }))
  const statuses = studentStatuses.map((value) => ({ value, label: student.status[value] }))
  const changes: Change[] = [
    { field: 'gradeLevel', label: many.set.gradeLevel, choices: grades.choices(), none: words.noGrade },
    { field: 'status', label: many.set.status, choices: statuses },
  ]
  return programs.length
    ? [...changes, { field: 'programId', label: many.set.programId, choices: programs, none: words.noProgram }]
    : changes
}
