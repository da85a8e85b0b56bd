import { useState } from 'react'
import { sentenceOf } from '../errors.ts'
import { conflictsIn } from '../meetings/hold-anyway.tsx'
import { useMessages } from '../messages/messages.tsx'

/** What was refused: because classes would collide by it, which a reason allows, or for something else. */
export function useHeldDays<Input>(send: (input: Input & { overrideReason?: string }) => void) {
  const messages = useMessages()
  const [failure, setFailure] = useState<string | null>(null)
  const [held, setHeld] = useState<{ input: Input; details: unknown } | null>(null)
  const clear = () => {
    setFailure(null)
    setHeld(null)
  }
  return {
    failure,
    clear,
    refused(error: unknown, input: Input) {
      const conflicts = conflictsIn(error)
      if (conflicts) setHeld({ input, details: { conflicts } })
      else setFailure(sentenceOf(error, messages))
    },
    question: held && {
      details: held.details,
      onAnswer: ({ overrideReason }: { overrideReason: string }) => send({ ...held.input, overrideReason }),
    },
  }
}
