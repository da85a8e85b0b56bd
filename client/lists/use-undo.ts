import { useMutation } from '@tanstack/react-query'
import { apiOf } from '../api.ts'
import { useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import { toast } from '../ui/toast.tsx'
import { undoWords, useWhyNot } from '../undo/use-why-not.ts'

/** Says what happened, with Undo for as long as it is shown: of several operations, all, the last one first. */
export function useUndo(said?: { undo: string; undone: string }) {
  const whyNot = useWhyNot()
  const { toast: usual } = useWords(undoWords)
  const words = said ?? usual
  const { trpc } = apiOf(useSchool().slug)
  const { mutateAsync: undo } = useMutation(trpc.journal.undo.mutationOptions())
  // Whatever said it may be gone from the screen by the time of the answer.
  const run = async (operationIds: readonly string[], undone: string) => {
    try {
      for (const operationId of operationIds.toReversed()) await undo({ operationId })
      toast(undone)
    } catch (error) {
      toast(whyNot(error))
    }
  }
  return (text: string, operations: string | undefined | readonly string[], undone = words.undone) => {
    const ids = typeof operations === 'string' ? [operations] : (operations ?? [])
    toast(text, ids.length ? { label: words.undo, run: () => void run(ids, undone) } : undefined)
  }
}
