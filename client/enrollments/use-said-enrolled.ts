import { useUndo } from '../lists/use-undo.ts'
import { useWords } from '../messages/messages.tsx'
import type { Outputs } from '../trpc.ts'
import { enrollmentWords } from './enrollment-words.ts'

/** Says what became of those who were to come into a class, with Undo where anything was changed. */
export function useSaidEnrolled() {
  const { change, enroll, many } = useWords(enrollmentWords)
  const say = useUndo({ undo: change.undo, undone: many.undone })
  return (title: string, { operationId, outcomes }: Outputs['classes']['enroll']) => {
    const count = (wanted: string) => outcomes.filter(({ outcome }) => outcome === wanted).length
    const already = count('already')
    const isChanged = already < outcomes.length
    say(enroll.doneToast(title, count('enrolled'), count('waitlisted'), already), isChanged ? operationId : undefined)
  }
}
