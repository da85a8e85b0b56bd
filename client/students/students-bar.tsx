import { studentStatuses } from '../../db/values.ts'
import { useWords } from '../messages/messages.tsx'
import { listName } from '../people.ts'
import type { BulkBarProps } from '../records/many/bulk-bar.tsx'
import BulkBar from '../records/many/bulk-bar.tsx'
import type { Change } from '../records/many/change.ts'
import { studentFormWords, studentKind } from './student-kind.ts'
import type { Student, StudentRow } from './student-queries.ts'
import { studentWords } from './student-words.ts'
import { gradeChoices, usePrograms } from './students-filters.tsx'

function useStudentChanges(): Change[] {
  const student = useWords(studentWords)
  const { form: words, many } = useWords(studentFormWords)
  const programs = usePrograms().map(({ id, name }) => ({ value: id, label: name }))
  const statuses = studentStatuses.map((value) => ({ value, label: student.status[value] }))
  const changes: Change[] = [
    { field: 'gradeLevel', label: many.set.gradeLevel, choices: gradeChoices(student), none: words.noGrade },
    { field: 'status', label: many.set.status, choices: statuses },
  ]
  return programs.length
    ? [...changes, { field: 'programId', label: many.set.programId, choices: programs, none: words.noProgram }]
    : changes
}

type StudentsBarProps = Omit<BulkBarProps<Student, StudentRow>, 'kind' | 'nameOf' | 'useChanges'>

export default function StudentsBar(props: StudentsBarProps) {
  return <BulkBar {...props} kind={studentKind} nameOf={listName} useChanges={useStudentChanges} />
}
