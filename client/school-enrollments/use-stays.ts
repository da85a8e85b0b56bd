import { useMutation, useQuery } from '@tanstack/react-query'
import { sentenceOf } from '../errors.ts'
import { useUndo } from '../lists/use-undo.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import type { Inputs, Outputs } from '../trpc.ts'
import { operationIdOf } from '../undo/own-operations.ts'
import { schoolEnrollmentWords } from './school-enrollment-words.ts'

/** Days in one go at the school. */
export type Stay = Outputs['schoolEnrollments']['list'][number]
export type Writes = Inputs['schoolEnrollments']

/** The latest first. */
export const useStays = (studentId: string) => useQuery(useTrpc().schoolEnrollments.list.queryOptions({ studentId }))

/** Says what was written, with Undo, and closes what asked for it. */
export function useStayWrites(name: string, onDone: () => void) {
  const trpc = useTrpc()
  const messages = useMessages()
  const words = useWords(schoolEnrollmentWords)
  const say = useUndo(words)
  const done = (answer: object, text: string) => {
    say(text, operationIdOf(answer))
    onDone()
  }
  const create = useMutation(
    trpc.schoolEnrollments.create.mutationOptions({
      onSuccess: (answer, { beginDate, entryType }) =>
        done(answer, (entryType === 'reentry' ? words.comeBack : words.add).toast(name, beginDate)),
    }),
  )
  const leave = useMutation(
    trpc.schoolEnrollments.leave.mutationOptions({
      onSuccess: (answer, { endDate }) => done(answer, words.leave.toast(name, endDate)),
    }),
  )
  const update = useMutation(
    trpc.schoolEnrollments.update.mutationOptions({ onSuccess: (answer) => done(answer, words.savedToast(name)) }),
  )
  const archive = useMutation(
    trpc.schoolEnrollments.archive.mutationOptions({ onSuccess: (answer) => done(answer, words.removedToast(name)) }),
  )
  const all = [create, leave, update, archive]
  const error = all.find((one) => one.error)?.error
  return {
    create,
    leave,
    update,
    archive,
    isBusy: all.some(({ isPending }) => isPending),
    failure: error ? sentenceOf(error, messages) : undefined,
  }
}
