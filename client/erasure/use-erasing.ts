import { useMutation } from '@tanstack/react-query'
import { useWords } from '../messages/messages.tsx'
import type { AnyRecord, RecordKind } from '../records/record-kind.ts'
import { useSchool } from '../school.tsx'
import type { Api } from '../trpc.ts'
import { apiOf } from '../trpc.ts'
import { toast } from '../ui/toast.tsx'
import { erasureWords } from './erasure-words.ts'

/** The kinds of record that are people. */
export type PersonFeature = 'students' | 'guardians' | 'instructors'

/** Erases a person. */
export function useErasing<R extends AnyRecord>(kind: RecordKind<R>, onErased: () => void) {
  const words = useWords(erasureWords)
  // All kinds' are alike, and students stand for them here.
  const procedures = apiOf(useSchool().slug).trpc[kind.feature as PersonFeature] as unknown as Api['trpc']['students']
  return useMutation(
    procedures.erase.mutationOptions({
      onSuccess: () => {
        toast(words.done)
        onErased()
      },
    }),
  )
}
