import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTrpc } from '../school.tsx'
import type { ClassesSearch } from './classes-search.ts'
import { allTerms, classesInput } from './classes-search.ts'

const rarely = { staleTime: 300_000 }

/** The terms to choose from, and the one the list shows: the chosen, or the current one unless all are wanted. */
export function useShownTerm({ term }: ClassesSearch) {
  const trpc = useTrpc()
  const terms = useQuery(trpc.academicSessions.list.queryOptions({}, rarely))
  const current = useQuery(trpc.academicSessions.current.queryOptions(undefined, rarely))
  const shown = term === allTerms ? undefined : (term ?? current.data?.id)
  const known = [...(terms.data ?? []), ...(current.data ? [current.data] : [])]
  return {
    terms: terms.data ?? [],
    shown,
    title: known.find(({ id }) => id === shown)?.title ?? '',
    /** The list waits for the term it is to show. */
    isKnown: term !== undefined || !current.isPending,
  }
}

export function useClassList(search: ClassesSearch, { shown, isKnown }: ReturnType<typeof useShownTerm>) {
  const trpc = useTrpc()
  const input = classesInput(search, shown)
  const count = useQuery(
    trpc.classes.count.queryOptions(input, { placeholderData: keepPreviousData, enabled: isKnown }),
  )
  const list = useInfiniteQuery(
    trpc.classes.list.infiniteQueryOptions(
      { ...input, limit: 100 },
      {
        getNextPageParam: ({ next }) => next,
        initialCursor: null,
        placeholderData: keepPreviousData,
        enabled: isKnown,
      },
    ),
  )
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data])
  return { list, count, rows }
}
