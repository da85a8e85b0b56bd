import { useQuery } from '@tanstack/react-query'
import { apiOf } from '../api.ts'
import type { ListSheet } from '../lists/list-sheet.ts'
import { askOnce, pagesOf, wholePage } from '../lists/list-sheet.ts'
import { useWords } from '../messages/messages.tsx'
import { useMay, useSchool } from '../school.tsx'
import type { StudentRow } from './student-queries.ts'
import { studentListWords } from './student-words.ts'
import { useStudentColumns } from './students-columns.tsx'
import { useFilterWords } from './students-empty.tsx'
import type { StudentsSearch } from './students-search.ts'
import { countInput, listInput } from './students-search.ts'

/** The list of students, whole, for a file and for paper. */
export function useStudentsSheet({ student: _, ...search }: StudentsSearch): ListSheet<StudentRow> {
  const words = useWords(studentListWords)
  const { trpc, queryClient } = apiOf(useSchool().slug)
  const programs = useQuery(trpc.programs.list.queryOptions(undefined, { staleTime: 300_000 }))
  const count = useQuery(trpc.students.count.queryOptions(countInput(search)))
  const columns = useStudentColumns(search)
  const input = { ...listInput(search), limit: wholePage }
  return {
    path: 'students',
    place: 'students',
    search,
    title: search.archived ? words.archivedTitle : words.title,
    columns,
    isPastable: useMay('student.write'),
    filters: useFilterWords(search),
    total: count.data,
    isReady: !programs.isPending,
    pages: () =>
      pagesOf((cursor) =>
        queryClient.fetchQuery({ ...trpc.students.list.queryOptions({ ...input, cursor }), ...askOnce }),
      ),
  }
}
