import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import { fullName } from '../students/student-name.ts'
import { toast } from '../ui/toast.tsx'
import type { GuardianLink } from './guardian-kind.ts'
import { linkWords } from './guardian-kind.ts'

export const useLinks = (studentId: string) => useQuery(useTrpc().studentGuardians.list.queryOptions({ studentId }))

/** Every change answers all of the student's guardians; what follows from them is asked for again. */
function useLinksChanged(studentId: string) {
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  return (links: GuardianLink[]) => {
    queryClient.setQueryData(trpc.studentGuardians.list.queryKey({ studentId }), links)
    for (const filter of [
      trpc.guardians.pathFilter(),
      trpc.studentAlerts.pathFilter(),
      trpc.students.siblings.pathFilter(),
    ])
      void queryClient.invalidateQueries(filter)
  }
}

/** For the dialogs, which say themselves what was refused. */
export function useLinkWrites(studentId: string, onDone: () => void) {
  const trpc = useTrpc()
  const changed = useLinksChanged(studentId)
  const onSuccess = (links: GuardianLink[]) => {
    changed(links)
    onDone()
  }
  return {
    create: useMutation(trpc.studentGuardians.create.mutationOptions({ onSuccess })),
    update: useMutation(trpc.studentGuardians.update.mutationOptions({ onSuccess })),
  }
}

/** For the rows' own actions: moving by one place, and unlinking, which can be undone. */
export function useLinkMoves(studentId: string) {
  const trpc = useTrpc()
  const messages = useMessages()
  const words = useWords(linkWords)
  const changed = useLinksChanged(studentId)
  const onError = (error: unknown) => toast(sentenceOf(error, messages))
  const options = { onError, onSuccess: changed }
  const move = useMutation(trpc.studentGuardians.update.mutationOptions(options))
  const restore = useMutation(trpc.studentGuardians.restore.mutationOptions(options))
  const archive = useMutation(trpc.studentGuardians.archive.mutationOptions(options))
  return {
    isBusy: move.isPending || archive.isPending || restore.isPending,
    move: ({ id, version }: GuardianLink, priority: number) => move.mutate({ id, version, priority }),
    unlink: (link: GuardianLink) => {
      const { id, version } = link
      const undo = { label: words.undo, run: () => restore.mutate({ id, version: version + 1 }) }
      archive.mutate({ id, version }, { onSuccess: () => toast(words.unlinkedToast(fullName(link)), undo) })
    },
  }
}
