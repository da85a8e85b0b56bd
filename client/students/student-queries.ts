import type { Query } from '@tanstack/react-query'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { isLong } from '../refresh/long-lists.ts'
import { useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import type { StudentsSearch } from './students-search.ts'
import { countInput, listInput } from './students-search.ts'

export type Student = Outputs['students']['get']
export type StudentRow = Outputs['students']['list']['rows'][number]

/** A long list is corrected in place: see refresh/long-lists.ts. */
const whenShort = (query: unknown) => !isLong(query as Query)

export function useStudentList(search: StudentsSearch) {
  const trpc = useTrpc()
  const count = useQuery(trpc.students.count.queryOptions(countInput(search), { placeholderData: keepPreviousData }))
  const list = useInfiniteQuery(
    trpc.students.list.infiniteQueryOptions(listInput(search), {
      getNextPageParam: ({ next }) => next,
      initialCursor: null,
      placeholderData: keepPreviousData,
      // Comparing 25,000 rows with themselves at every page takes longer than showing them.
      structuralSharing: false,
      refetchOnMount: whenShort,
      refetchOnWindowFocus: whenShort,
      refetchOnReconnect: whenShort,
      trpc: { abortOnUnmount: true },
    }),
  )
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data])
  return { list, count, rows }
}
