import { useMutation } from '@tanstack/react-query'
import { apiOf } from '../api.ts'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import { toast } from '../ui/toast.tsx'
import { flagsWords } from './flags-words.ts'

/** Takes the newest change back: `run` is told its version, and a newer one refuses it. */
export function useUndoFlag(key: string) {
  const words = useWords(flagsWords).form
  const messages = useMessages()
  // The page may be gone by the time of the answer.
  const { trpc } = apiOf(useSchool().slug)
  const { mutate, isPending } = useMutation(
    trpc.flags.undo.mutationOptions({
      onSuccess: () => toast(words.undone),
      onError: (error) => toast(sentenceOf(error, messages)),
    }),
  )
  return { isBusy: isPending, run: (version: number) => mutate({ key, version }) }
}
