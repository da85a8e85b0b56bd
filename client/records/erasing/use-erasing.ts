import { useMutation } from '@tanstack/react-query'
import { useWords } from '../../messages/messages.tsx'
import { toast } from '../../ui/toast.tsx'
import type { AnyRecord, RecordKind } from '../record-kind.ts'
import { useProcedures } from '../record-kind.ts'
import { erasureWords } from './erasure-words.ts'

export function useErasing<R extends AnyRecord>(kind: RecordKind<R>, onErased: () => void) {
  const words = useWords(erasureWords)
  const procedures = useProcedures(kind)
  return useMutation(
    procedures.erase.mutationOptions({
      onSuccess: () => {
        toast(words.done)
        onErased()
      },
    }),
  )
}
