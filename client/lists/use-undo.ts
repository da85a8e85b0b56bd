import { useMutation } from '@tanstack/react-query'
import { sentenceOf } from '../errors.ts'
import { useMessages } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import { apiOf } from '../trpc.ts'
import { toast } from '../ui/toast.tsx'

/** Says what happened, with Undo for as long as it is shown; `changed` brings either into the screens. */
export function useUndo(words: { undo: string; undone: string }, changed: () => void) {
  const messages = useMessages()
  const { trpc } = apiOf(useSchool().slug)
  const undo = useMutation(
    trpc.journal.undo.mutationOptions({
      onError: (error) => toast(sentenceOf(error, messages)),
      onSuccess: () => {
        changed()
        toast(words.undone)
      },
    }),
  )
  return (text: string, operationId: string) =>
    toast(text, { label: words.undo, run: () => undo.mutate({ operationId }) })
}
