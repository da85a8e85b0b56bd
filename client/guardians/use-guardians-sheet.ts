import { useQuery } from '@tanstack/react-query'
import type { ListSheet } from '../lists/list-sheet.ts'
import { askOnce, pagesOf, wholePage } from '../lists/list-sheet.ts'
import { useWords } from '../messages/messages.tsx'
import { recordWords } from '../records/record-words.ts'
import type { RecordsSearch } from '../records/records-search.ts'
import { useSchool } from '../school.tsx'
import { listName } from '../students/student-name.ts'
import { apiOf } from '../trpc.ts'
import type { GuardianRow } from './guardian-kind.ts'
import { guardianWords } from './guardian-kind.ts'

/** The list of guardians, whole, for a file and for paper. */
export function useGuardiansSheet(search: RecordsSearch): ListSheet<GuardianRow> {
  const { list: shared } = useWords(recordWords)
  const { title, list, columns: heads } = useWords(guardianWords)
  const { trpc, queryClient } = apiOf(useSchool().slug)
  const { q = '', archived, order } = search
  const filter = { search: q, archived: archived === 'yes' }
  const count = useQuery(trpc.guardians.count.queryOptions(filter))
  const input = { ...filter, descending: order === 'desc', limit: wholePage }
  return {
    path: 'guardians',
    place: 'guardians',
    search: search as ListSheet<GuardianRow>['search'],
    title: archived ? list.archivedTitle : title,
    columns: [
      { id: 'name', header: heads.name, text: listName },
      { id: 'phone', header: heads.phone, isUsual: true, text: ({ phone }) => phone ?? '' },
      { id: 'students', header: heads.students, isUsual: true, text: ({ students }) => String(students) },
      { id: 'email', header: heads.email, isUsual: true, text: ({ email }) => email ?? '' },
    ],
    hasChoice: false,
    filters: [q && shared.searched(q), archived && shared.archivedOnly].flatMap((word) => word || []),
    total: count.data,
    isReady: true,
    pages: () =>
      pagesOf((cursor) =>
        queryClient.fetchQuery({ ...trpc.guardians.list.queryOptions({ ...input, cursor }), ...askOnce }),
      ),
  }
}
