import { useQueryClient } from '@tanstack/react-query'
import { useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'

export type Member = Outputs['members']['get']
export type OneTimeLink = NonNullable<Outputs['members']['invite']['link']>

/** After a write: the member as the server answered, and the lists anew. */
export function useMemberChanged() {
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  return (member: Member) => {
    queryClient.setQueryData(trpc.members.get.queryKey({ id: member.id }), member)
    void queryClient.invalidateQueries(trpc.members.list.pathFilter())
    void queryClient.invalidateQueries(trpc.students.viewers.pathFilter())
  }
}
