import { useMemo } from 'react'
import type { GradeLevel } from '../../db/values.ts'
import { useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import type { Grades } from './grades.ts'
import { gradesOf } from './grades.ts'
import { studentWords } from './student-words.ts'

const none: readonly GradeLevel[] = []
export function useGrades(): Grades {
  const student = useWords(studentWords)
  const own = useSchool().gradeLevels ?? none
  return useMemo(() => gradesOf(own, student), [own, student])
}
