import { useMutation } from '@tanstack/react-query'
import type { SchoolClass } from '../classes/class-kind.ts'
import { classWords } from '../classes/class-words.ts'
import { useFailure } from '../enrollments/use-enrollment-writes.ts'
import { sentenceOf } from '../errors.ts'
import { useUndo } from '../lists/use-undo.ts'
import { conflictsIn } from '../meetings/hold-anyway.tsx'
import { useMessages, useWords } from '../messages/messages.tsx'
import { fullName } from '../people.ts'
import { useTrpc } from '../school.tsx'
import type { Inputs } from '../trpc.ts'
import { toast } from '../ui/toast.tsx'
import { operationIdOf } from '../undo/own-operations.ts'

export type Assignment = SchoolClass['assignments'][number]
type Added = Omit<Inputs['classInstructors']['create'], 'classId'>

export function useAddTeaching(of: SchoolClass, onDone: () => void) {
  const trpc = useTrpc()
  const { teaching: words } = useWords(classWords)
  const say = useUndo()
  const create = useMutation(trpc.classInstructors.create.mutationOptions())
  const send = (input: Added, name: string) => {
    const onSuccess = (answer: object) => {
      say(words.addedToast(name, of.title), operationIdOf(answer))
      onDone()
    }
    create.mutate({ classId: of.id, ...input }, { onSuccess })
  }
  const conflicts = conflictsIn(create.error)
  const { variables: refused } = create
  return { send, isBusy: create.isPending, conflicts, refused, failure: useFailure(conflicts ? null : create.error) }
}

type Changed = Omit<Inputs['classInstructors']['update'], 'id' | 'version'>

export function useChangeTeaching({ id, version }: Assignment, onDone: () => void) {
  const trpc = useTrpc()
  const say = useUndo()
  const update = useMutation(trpc.classInstructors.update.mutationOptions())
  const send = (input: Changed, said: string) => {
    const onSuccess = (answer: object) => {
      say(said, operationIdOf(answer))
      onDone()
    }
    update.mutate({ id, version, ...input }, { onSuccess })
  }
  const conflicts = conflictsIn(update.error)
  const { variables: refused } = update
  return { send, isBusy: update.isPending, conflicts, refused, failure: useFailure(conflicts ? null : update.error) }
}

/** Makes the instructor the primary one in place of whoever was. */
export function useMakePrimary(assignment: Assignment) {
  const messages = useMessages()
  const { teaching: words } = useWords(classWords)
  const trpc = useTrpc()
  const say = useUndo()
  const update = useMutation(
    trpc.classInstructors.update.mutationOptions({
      onError: (error) => toast(sentenceOf(error, messages)),
      onSuccess: (answer) => say(words.primaryToast(fullName(assignment)), operationIdOf(answer)),
    }),
  )
  const { id, version } = assignment
  return { isBusy: update.isPending, send: () => update.mutate({ id, version, isPrimary: true }) }
}
