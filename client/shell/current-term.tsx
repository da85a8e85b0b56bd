import { useQuery } from '@tanstack/react-query'
import { useTrpc } from '../school.tsx'

const hour = 3_600_000

/** Which term today lies in; in the holidays its line stays empty, so that nothing jumps. */
export function CurrentTerm() {
  const trpc = useTrpc()
  const { data } = useQuery(trpc.academicSessions.current.queryOptions(undefined, { staleTime: hour }))
  return <p className="current-term">{data?.title}</p>
}
