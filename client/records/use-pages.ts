import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useMemo } from 'react'
import { apiOf } from '../api.ts'
import { askOnce, pagesOf, wholePage } from '../lists/list-sheet.ts'
import { useSchool } from '../school.tsx'
import type { ListedRow, ListedRows } from './list-look.ts'
import type { PagedProcedures, RecordKind } from './record-kind.ts'
import { useProcedures } from './record-kind.ts'

interface Asked {
  /** What the server finds the whole list by. */
  filter: object
  order?: object
  /** How many rows are asked for at once. */
  limit?: number
  /** It is known what to ask for. */
  isReady?: boolean
  /** How the query of the pages is kept up to date, where not as usual. */
  keeping?: object
}

export const useIsPaper = (): boolean => useLocation({ select: ({ pathname }) => pathname.endsWith('/print') })

/** The rows of a list that comes in pages. On paper they are asked for all at once, and the screen's are left out. */
export function usePages<Row extends ListedRow>(kind: RecordKind<never>, asked: Asked): ListedRows<Row> {
  const { filter, order, limit = 200, isReady = true, keeping } = asked
  const procedures = useProcedures<never, PagedProcedures<Row>>(kind)
  const { queryClient } = apiOf(useSchool().slug)
  const isPaper = useIsPaper()
  const count = useQuery(procedures.count.queryOptions(filter, { placeholderData: keepPreviousData, enabled: isReady }))
  const list = useInfiniteQuery(
    procedures.list.infiniteQueryOptions(
      { ...filter, ...order, limit },
      {
        getNextPageParam: ({ next }) => next,
        initialCursor: null,
        placeholderData: keepPreviousData,
        enabled: isReady && !isPaper,
        ...keeping,
      },
    ),
  )
  const archived = 'archived' in filter && filter.archived
  const pagesBy = (by: object) =>
    pagesOf((cursor) => {
      const page = { ...by, ...order, limit: wholePage, cursor }
      return queryClient.fetchQuery({ ...procedures.list.queryOptions(page), ...askOnce })
    })
  return {
    filter,
    rows: useMemo(() => list.data?.pages.flatMap(({ rows }) => rows) ?? [], [list.data]),
    total: count.isPlaceholderData ? undefined : count.data,
    isPending: list.isPending,
    isBusy: list.isFetching,
    error: list.data ? null : list.error,
    hasMore: list.hasNextPage,
    onNearEnd: list.fetchNextPage,
    isReady,
    pages: () => pagesBy(filter),
    everyPage: () => pagesBy({ search: '', archived }),
  }
}
