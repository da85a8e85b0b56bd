import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { MergeField } from '../../server/merge/input.ts'
import { useUndo } from '../lists/use-undo.ts'
import { useWords } from '../messages/messages.tsx'
import { fullName } from '../people.ts'
import { useSchool, useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { mergeWords } from './merge-words.ts'

export type Preview = Outputs['students']['mergePreview']

/** Merges the versions of both records that the preview showed. */
export const useMergePreview = (id: string, intoId: string) =>
  useQuery(useTrpc().students.mergePreview.queryOptions({ id, intoId }, { staleTime: 0 }))

export function useMerge({ gone, kept }: Preview) {
  const trpc = useTrpc()
  const words = useWords(mergeWords)
  const { slug } = useSchool()
  const navigate = useNavigate()
  const [taken, setTaken] = useState<ReadonlySet<MergeField>>(new Set())
  const say = useUndo(words)
  const merge = useMutation(
    trpc.students.merge.mutationOptions({
      onSuccess: ({ student, operationId }) => {
        say(words.mergedToast(fullName(student)), operationId)
        void navigate({ to: '/$school/students/$id', params: { school: slug, id: student.id }, replace: true })
      },
    }),
  )
  return {
    error: merge.error,
    isBusy: merge.isPending || merge.isSuccess,
    taken,
    take: (field: MergeField, isTaken: boolean) =>
      setTaken((before) => new Set(isTaken ? [...before, field] : [...before].filter((one) => one !== field))),
    submit: () =>
      merge.mutate({
        id: gone.id,
        version: gone.version,
        intoId: kept.id,
        intoVersion: kept.version,
        take: [...taken],
      }),
  }
}
