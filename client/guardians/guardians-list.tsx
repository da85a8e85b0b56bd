import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { apiOf } from '../api.ts'
import { askOnce, pagesOf, wholePage } from '../lists/list-sheet.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import { listName } from '../people.ts'
import { RecordsPage, useRecordsSearch } from '../records/records-page.tsx'
import type { RecordsSearch } from '../records/records-search.ts'
import type { ListedColumn } from '../records/records-table.tsx'
import { useRecordsSheet } from '../records/use-records-sheet.ts'
import { useSchool } from '../school.tsx'
import type { GuardianRow } from './guardian-kind.ts'
import { guardianKind, guardianWords } from './guardian-kind.ts'

function useColumns(): ListedColumn<GuardianRow>[] {
  const { columns: heads } = useWords(guardianWords)
  const { number } = useFormats()
  return [
    { id: 'name', header: heads.name, width: 280, sortBy: listName, cell: listName },
    {
      id: 'phone',
      header: heads.phone,
      width: 180,
      text: ({ phone }) => phone ?? '',
      cell: ({ phone }) => <span className="digits">{phone}</span>,
    },
    {
      id: 'students',
      header: heads.students,
      width: 90,
      text: ({ students }) => String(students),
      cell: ({ students }) => number(students),
    },
    { id: 'email', header: heads.email, from: 640, text: ({ email }) => email ?? '', cell: ({ email }) => email },
  ]
}

function useGuardians({ q = '', archived, order }: RecordsSearch) {
  const { trpc, queryClient } = apiOf(useSchool().slug)
  const filter = { search: q, archived: archived === 'yes' }
  const input = { ...filter, descending: order === 'desc' }
  const count = useQuery(trpc.guardians.count.queryOptions(filter, { placeholderData: keepPreviousData }))
  const list = useInfiniteQuery(
    trpc.guardians.list.infiniteQueryOptions(
      { ...input, limit: 200 },
      { getNextPageParam: ({ next }) => next, initialCursor: null, placeholderData: keepPreviousData },
    ),
  )
  const page = { ...input, limit: wholePage }
  const pages = () =>
    pagesOf((cursor) =>
      queryClient.fetchQuery({ ...trpc.guardians.list.queryOptions({ ...page, cursor }), ...askOnce }),
    )
  return { filter, total: count.isPlaceholderData ? undefined : count.data, list, pages }
}

/** All guardians of the school, found by name, phone or e-mail. */
export function GuardiansList() {
  const words = useWords(guardianWords)
  const { filter, total, list, pages } = useGuardians(useRecordsSearch())
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data])
  const look = {
    kind: guardianKind,
    columns: useColumns(),
    under: ({ phone, students }: GuardianRow) => (
      <>
        {phone && <span className="digits">{phone}</span>}
        <span>{words.studentsOf(students)}</span>
      </>
    ),
  }
  const sheet = useRecordsSheet(look, { total, isReady: true, pages })
  return (
    <RecordsPage
      look={look}
      sheet={sheet}
      listed={{
        rows,
        total,
        filter,
        isPending: list.isPending,
        isBusy: list.isFetching,
        error: list.data ? null : list.error,
        hasMore: list.hasNextPage,
        onNearEnd: list.fetchNextPage,
      }}
    />
  )
}
