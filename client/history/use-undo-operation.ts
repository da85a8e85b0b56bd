import { useMutation } from '@tanstack/react-query'
import { apiOf } from '../api.ts'
import { useWords } from '../messages/messages.tsx'
import { refreshed } from '../refresh/link.ts'
import { useSchool } from '../school.tsx'
import { toast } from '../ui/toast.tsx'
import { useWhyNot } from '../undo/use-why-not.ts'
import { historyWords } from './history-words.ts'

export function useUndoOperation() {
  const whyNot = useWhyNot()
  const words = useWords(historyWords)
  const api = apiOf(useSchool().slug)
  return useMutation(
    api.trpc.journal.undo.mutationOptions({
      onSuccess: () => toast(words.undone),
      onError: (error) => toast(whyNot(error)),
      // Until then the history offers what is done already.
      onSettled: () => refreshed(api),
    }),
  )
}
