import { useMutation } from '@tanstack/react-query'
import type { Reason } from '../../server/errors.ts'
import type { SchoolClass } from '../classes/class-kind.ts'
import { knownError, sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import { enrollmentWords } from './enrollment-words.ts'
import { useSaidEnrolled } from './use-said-enrolled.ts'

/** What `many.refused` tells of each. */
interface Outcome {
  id?: string
  ok: boolean
  reason?: Reason
}

/** By the id that was sent: a student's or an enrollment's. */
export function refusalsOf(error: unknown): Map<string, Reason> {
  const known = knownError(error)
  const outcomes = known?.reason === 'many.refused' ? (known.details as { outcomes: Outcome[] }).outcomes : []
  return new Map(outcomes.flatMap(({ id, reason }) => (id && reason ? [[id, reason] as const] : [])))
}

export function useEnroll({ id: classId, title }: SchoolClass, onDone: () => void) {
  const trpc = useTrpc()
  const messages = useMessages()
  const { enroll: words } = useWords(enrollmentWords)
  const sayEnrolled = useSaidEnrolled()
  const enroll = useMutation(
    trpc.classes.enroll.mutationOptions({
      onSuccess: (answer) => {
        sayEnrolled(title, answer)
        onDone()
      },
    }),
  )
  const { error } = enroll
  const reasons = refusalsOf(error)
  const sentence = (reason: Reason) => (reason === 'class.full' ? words.noSeat : messages.errors.reasons[reason])
  type Input = Omit<Parameters<typeof enroll.mutate>[0], 'classId'>
  return {
    send: (input: Input) => enroll.mutate({ classId, ...input }),
    isBusy: enroll.isPending,
    failure: error ? sentenceOf(error, messages) : undefined,
    /** Too few seats are the only reason. */
    isFull:
      knownError(error)?.reason === 'class.full' ||
      (reasons.size > 0 && [...reasons.values()].every((reason) => reason === 'class.full')),
    refusals: new Map([...reasons].map(([id, reason]) => [id, sentence(reason)])),
  }
}
