import { apiOf } from '../api.ts'
import type { ListSheet } from '../lists/list-sheet.ts'
import { askOnce, pagesOf, wholePage } from '../lists/list-sheet.ts'
import { useWords } from '../messages/messages.tsx'
import { useMay, useSchool } from '../school.tsx'
import { classListWords } from './class-words.ts'
import { useFilterWords } from './classes-empty.tsx'
import type { ClassesSearch } from './classes-search.ts'
import { classesInput } from './classes-search.ts'
import type { ClassRow } from './classes-table.tsx'
import { classColumns } from './classes-table.tsx'
import { useClassList, useShownTerm } from './use-class-list.ts'

/** The list of classes, whole, for a file and for paper. */
export function useClassesSheet(search: ClassesSearch): ListSheet<ClassRow> {
  const words = useWords(classListWords)
  const { trpc, queryClient } = apiOf(useSchool().slug)
  const term = useShownTerm(search)
  const { count } = useClassList(search, term)
  const filters = useFilterWords({ search, term: '' })
  const input = { ...classesInput(search, term.shown), limit: wholePage }
  return {
    path: 'classes',
    place: 'classes',
    search,
    title: search.archived ? words.archivedTitle : words.title,
    columns: classColumns(words),
    isPastable: useMay('class.write'),
    filters,
    term: term.shown ? term.title : words.allTerms,
    total: count.data,
    isReady: term.isKnown,
    pages: () =>
      pagesOf((cursor) =>
        queryClient.fetchQuery({ ...trpc.classes.list.queryOptions({ ...input, cursor }), ...askOnce }),
      ),
  }
}
