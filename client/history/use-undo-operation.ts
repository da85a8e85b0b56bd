import { useMutation } from '@tanstack/react-query'
import { useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import { apiOf } from '../trpc.ts'
import { toast } from '../ui/toast.tsx'
import { useWhyNot } from '../undo/use-why-not.ts'
import { historyWords } from './history-words.ts'

/** Takes back what history shows. Whatever it touched may be on the screen: everything asks again. */
export function useUndoOperation() {
  const whyNot = useWhyNot()
  const words = useWords(historyWords)
  const { trpc, queryClient } = apiOf(useSchool().slug)
  return useMutation(
    trpc.journal.undo.mutationOptions({
      onSuccess: () => toast(words.undone),
      onError: (error) => toast(whyNot(error)),
      // Also when it is refused: somebody was faster, and what the history offers has changed.
      onSettled: () => queryClient.invalidateQueries(),
    }),
  )
}
