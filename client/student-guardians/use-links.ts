import { useMutation, useQuery } from '@tanstack/react-query'
import { sentenceOf } from '../errors.ts'
import { area } from '../messages/languages.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { fullName } from '../people.ts'
import { useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { toast } from '../ui/toast.tsx'

export type GuardianLink = Outputs['studentGuardians']['list'][number]
export const linkWords = area('guardianLinks')

export const useLinks = (studentId: string) => useQuery(useTrpc().studentGuardians.list.queryOptions({ studentId }))

/** For the dialogs, which say themselves what was refused. */
export function useLinkWrites(onDone: () => void) {
  const trpc = useTrpc()
  return {
    create: useMutation(trpc.studentGuardians.create.mutationOptions({ onSuccess: onDone })),
    update: useMutation(trpc.studentGuardians.update.mutationOptions({ onSuccess: onDone })),
  }
}

/** For the rows' own actions: moving by one place, and unlinking, which can be undone. */
export function useLinkMoves() {
  const trpc = useTrpc()
  const messages = useMessages()
  const words = useWords(linkWords)
  const onError = (error: unknown) => toast(sentenceOf(error, messages))
  const move = useMutation(trpc.studentGuardians.update.mutationOptions({ onError }))
  const restore = useMutation(trpc.studentGuardians.restore.mutationOptions({ onError }))
  const archive = useMutation(trpc.studentGuardians.archive.mutationOptions({ onError }))
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
