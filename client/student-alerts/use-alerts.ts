import { useMutation, useQuery } from '@tanstack/react-query'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useMay, useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { toast } from '../ui/toast.tsx'
import { alertWords } from './alert-words.ts'

export type StudentAlerts = Outputs['studentAlerts']['list']
export type Alert = StudentAlerts['alerts'][number]

/** Nothing for those who may not read alerts. */
export function useAlerts(studentId: string): StudentAlerts | undefined {
  const trpc = useTrpc()
  const enabled = useMay('student.readAlerts')
  return useQuery(trpc.studentAlerts.list.queryOptions({ studentId }, { enabled })).data
}

export function useAlertWrites(onDone: () => void) {
  const trpc = useTrpc()
  const messages = useMessages()
  const words = useWords(alertWords)
  const restore = useMutation(
    trpc.studentAlerts.restore.mutationOptions({ onError: (error) => toast(sentenceOf(error, messages)) }),
  )
  const archive = useMutation(
    trpc.studentAlerts.archive.mutationOptions({
      onSuccess: (_, { id, version }) => {
        onDone()
        const undo = { label: words.undo, run: () => restore.mutate({ id, version: version + 1 }) }
        toast(words.removedToast, undo)
      },
    }),
  )
  const create = useMutation(trpc.studentAlerts.create.mutationOptions({ onSuccess: onDone }))
  const update = useMutation(trpc.studentAlerts.update.mutationOptions({ onSuccess: onDone }))
  return { create, update, archive }
}
