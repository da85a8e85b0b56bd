import { useMutation } from '@tanstack/react-query'
import { apiOf } from '../api.ts'
import { useSchool } from '../school.tsx'
import { toast } from '../ui/toast.tsx'
import { useWhyNot } from '../undo/use-why-not.ts'

/** Says what happened, with Undo for as long as it is shown. */
export function useUndo(words: { undo: string; undone: string }) {
  const whyNot = useWhyNot()
  const { trpc } = apiOf(useSchool().slug)
  const { mutateAsync: undo } = useMutation(trpc.journal.undo.mutationOptions())
  // Whatever said it may be gone from the screen by the time of the answer.
  const run = async (operationId: string, undone: string) => {
    try {
      await undo({ operationId })
      toast(undone)
    } catch (error) {
      toast(whyNot(error))
    }
  }
  return (text: string, operationId: string | undefined, undone = words.undone) =>
    toast(text, operationId ? { label: words.undo, run: () => void run(operationId, undone) } : undefined)
}
