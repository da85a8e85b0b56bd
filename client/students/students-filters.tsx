import { useQuery } from '@tanstack/react-query'
import { studentStatuses } from '../../db/values.ts'
import { useWords } from '../messages/messages.tsx'
import type { Choice } from '../records/form-shape.ts'
import type { Filtering } from '../records/records-filters.tsx'
import { useTrpc } from '../school.tsx'
import { studentListWords, studentWords } from './student-words.ts'
import type { StudentsSearch } from './students-search.ts'
import { isFiltered, noFilters, noGrade, noProgram } from './students-search.ts'
import { useGrades } from './use-grades.ts'

export function usePrograms() {
  const trpc = useTrpc()
  const { data } = useQuery(trpc.programs.list.queryOptions(undefined, { staleTime: 300_000 }))
  return data ?? []
}

const any = (label: string): Choice => ({ value: '', label })

export function useStudentFiltering(search: StudentsSearch): Filtering {
  const words = useWords(studentListWords)
  const student = useWords(studentWords)
  const programs = usePrograms().map(({ id, name }) => ({ value: id, label: name }))
  const chosen = search.grade === noGrade ? undefined : search.grade
  const grades = [any(words.anyGrade), ...useGrades().choices(chosen), { value: noGrade, label: words.noGrade }]
  const statuses = studentStatuses.map((value) => ({ value, label: student.status[value] }))
  const inPrograms = [any(words.anyProgram), { value: noProgram, label: words.noProgram }, ...programs]
  return {
    filters: [
      { name: 'grade', label: words.grade, choices: grades },
      { name: 'status', label: words.status, choices: [any(words.anyStatus), ...statuses] },
      ...(programs.length ? [{ name: 'program', label: words.program, choices: inPrograms }] : []),
    ],
    order: {
      name: 'sort',
      label: words.sortLabel,
      choices: Object.entries(words.sorts).map(([value, label]) => ({ value, label })),
      value: [search.sort ?? 'name', search.order].filter(Boolean).join('.'),
      chosen(value) {
        const [sort, order] = value.split('.')
        return { sort, order }
      },
    },
    none: noFilters,
    isFiltered: isFiltered(search),
    words,
  }
}

export function useFilterWords(search: StudentsSearch): string[] {
  const { filterWords } = useWords(studentListWords)
  const grades = useGrades()
  const program = usePrograms().find(({ id }) => id === search.program)
  return [
    search.q && filterWords.search(search.q),
    search.grade && (search.grade === noGrade ? filterWords.noGrade : grades.name(search.grade)),
    search.status && filterWords.statuses[search.status],
    search.program && (search.program === noProgram ? filterWords.noProgram : filterWords.program(program?.name ?? '')),
    search.archived && filterWords.archived,
  ].flatMap((word) => word || [])
}
