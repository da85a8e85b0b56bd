import { useMutation } from '@tanstack/react-query'
import { sentenceOf } from '../errors.ts'
import { useUndo } from '../lists/use-undo.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { fullName } from '../people.ts'
import { useTrpc } from '../school.tsx'
import { toast } from '../ui/toast.tsx'
import { operationIdOf } from '../undo/own-operations.ts'
import type { Place } from './enrollment-place.ts'
import { enrollmentWords } from './enrollment-words.ts'

/** The error in a sentence. */
export function useFailure(error: unknown): string | undefined {
  const messages = useMessages()
  return error ? sentenceOf(error, messages) : undefined
}

/** Brings a student back into the class; where no seat is left, that is said. */
export function useReinstate({ name, classTitle }: Pick<Place, 'name' | 'classTitle'>) {
  const trpc = useTrpc()
  const messages = useMessages()
  const { change: words } = useWords(enrollmentWords)
  const say = useUndo()
  const reinstate = useMutation(
    trpc.enrollments.reinstate.mutationOptions({
      onError: (error) => toast(sentenceOf(error, messages)),
      onSuccess: (answer) => say(words.reinstatedToast(name, classTitle), operationIdOf(answer)),
    }),
  )
  return {
    isBusy: reinstate.isPending,
    send: ({ id, version }: Place['enrollment']) => reinstate.mutate({ id, version }),
  }
}

/** Takes the student out of the class, now or on a day to come, or off its waitlist. */
export function useWithdraw({ enrollment, name, classTitle }: Place, onDone: () => void) {
  const trpc = useTrpc()
  const { change: words } = useWords(enrollmentWords)
  const say = useUndo(words)
  const withdraw = useMutation(
    trpc.enrollments.withdraw.mutationOptions({
      onSuccess: (answer) => {
        const { status, endDate, promoted } = answer
        const isWaiting = enrollment.status === 'waitlisted'
        const isComing = !isWaiting && status === 'enrolled' && endDate
        const said = isComing
          ? words.leavesToast(name, classTitle, endDate)
          : (isWaiting ? words.takenOffToast : words.withdrawnToast)(name, classTitle, promoted.map(fullName))
        say(said, operationIdOf(answer), isWaiting ? words.undone : words.reinstatedToast(name, classTitle))
        onDone()
      },
    }),
  )
  type Input = Omit<Parameters<typeof withdraw.mutate>[0], 'id' | 'version'>
  return {
    isBusy: withdraw.isPending,
    failure: useFailure(withdraw.error),
    send: (input: Input) => withdraw.mutate({ id: enrollment.id, version: enrollment.version, ...input }),
  }
}

export function useComplete({ enrollment, name, classTitle }: Place, onDone: () => void) {
  const trpc = useTrpc()
  const { change: words } = useWords(enrollmentWords)
  const say = useUndo()
  const complete = useMutation(
    trpc.enrollments.complete.mutationOptions({
      onSuccess: (answer) => {
        say(words.completedToast(name, classTitle, answer.promoted.map(fullName)), operationIdOf(answer))
        onDone()
      },
    }),
  )
  type Input = Omit<Parameters<typeof complete.mutate>[0], 'id' | 'version'>
  return {
    isBusy: complete.isPending,
    failure: useFailure(complete.error),
    send: (input: Input) => complete.mutate({ id: enrollment.id, version: enrollment.version, ...input }),
  }
}

export function useChangeEnrollment({ enrollment, name }: Place, onDone: () => void) {
  const trpc = useTrpc()
  const { change: words } = useWords(enrollmentWords)
  const say = useUndo()
  const update = useMutation(
    trpc.enrollments.update.mutationOptions({
      onSuccess: (answer) => {
        say(words.savedToast(name), operationIdOf(answer))
        onDone()
      },
    }),
  )
  type Input = Omit<Parameters<typeof update.mutate>[0], 'id' | 'version'>
  return {
    isBusy: update.isPending,
    failure: useFailure(update.error),
    send: (input: Input) => update.mutate({ id: enrollment.id, version: enrollment.version, ...input }),
  }
}

/** Gives the free seats to those who wait, in their order. */
export function usePromote({ id, title }: { id: string; title: string }) {
  const trpc = useTrpc()
  const messages = useMessages()
  const { waitlist: words } = useWords(enrollmentWords)
  const say = useUndo()
  const promote = useMutation(
    trpc.classes.promote.mutationOptions({
      onError: (error) => toast(sentenceOf(error, messages)),
      onSuccess: (answer) => say(words.promotedToast(title, answer.promoted.map(fullName)), operationIdOf(answer)),
    }),
  )
  return { isBusy: promote.isPending, send: () => promote.mutate({ id }) }
}
