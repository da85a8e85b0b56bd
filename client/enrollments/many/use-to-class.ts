import { useMutation } from '@tanstack/react-query'
import { knownError, sentenceOf } from '../../errors.ts'
import { useUndo } from '../../lists/use-undo.ts'
import { useMessages, useWords } from '../../messages/messages.tsx'
import { fullName } from '../../people.ts'
import { useTrpc } from '../../school.tsx'
import { enrollmentWords } from '../enrollment-words.ts'
import { refusalsOf } from '../use-enroll.ts'
import type { ClassFound } from '../use-found.ts'
import { useSaidEnrolled } from '../use-said-enrolled.ts'

interface Sitting {
  /** The enrollment that ends by a move; none where a student only comes into a class. */
  id: string
  version: number
  studentId: string
  givenName: string
  familyName: string
}

export interface Sent {
  verb: 'move' | 'enroll'
  from?: { id: string; title: string } | undefined
  students: readonly Sitting[]
}

/** Sends all of them at once; what was done is said with Undo. */
export function useToClass({ verb, students }: Sent, onDone: () => void) {
  const trpc = useTrpc()
  const messages = useMessages()
  const { change, many } = useWords(enrollmentWords)
  const sayEnrolled = useSaidEnrolled()
  const say = useUndo({ undo: change.undo, undone: many.undone })
  const move = useMutation(trpc.enrollments.moveMany.mutationOptions())
  const enroll = useMutation(trpc.classes.enroll.mutationOptions())
  const error = verb === 'move' ? move.error : enroll.error
  const refusals = refusalsOf(error)
  const done = (text: string, operationId: string) => {
    say(text, operationId)
    onDone()
  }
  const send = (to: ClassFound, day: string | null, waitlist: boolean) => {
    const begin = day ? { beginDate: day } : {}
    if (verb === 'move') {
      const items = students.map(({ id, version }) => ({ id, version }))
      const onSuccess = ({ operationId, promoted }: Awaited<ReturnType<typeof move.mutateAsync>>) =>
        done(many.moved(items.length, to.title, promoted.map(fullName)), operationId)
      return move.mutate({ items, classId: to.id, ...begin }, { onSuccess })
    }
    const studentIds = students.map(({ studentId }) => studentId)
    enroll.mutate(
      { classId: to.id, studentIds, ...begin, waitlist },
      {
        onSuccess(answer) {
          sayEnrolled(to.title, answer)
          onDone()
        },
      },
    )
  }
  return {
    send,
    isBusy: move.isPending || enroll.isPending,
    failure: error ? sentenceOf(error, messages) : undefined,
    refusals,
    isFull:
      knownError(error)?.reason === 'class.full' ||
      (refusals.size > 0 && [...refusals.values()].every((reason) => reason === 'class.full')),
  }
}
