import { useQuery } from '@tanstack/react-query'
import { useTrpc } from '../school.tsx'
import type { ClassesSearch } from './classes-search.ts'
import { allTerms } from './classes-search.ts'

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
export type ShownTerm = ReturnType<typeof useShownTerm>
