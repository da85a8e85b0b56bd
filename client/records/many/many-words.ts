import { many } from '../../messages/en-many.ts'
import type { Area } from '../../messages/messages.tsx'
import { useWords } from '../../messages/messages.tsx'
import type { AnyRecord, RecordKind } from '../record-kind.ts'
import type { ManyWords } from '../record-words.ts'

export const manyWords: Area<ReturnType<typeof many>> = { en: many }

/** What the kind says of many. */
export function useManyWords<R extends AnyRecord>({ feature, words }: RecordKind<R>): ManyWords {
  const { many } = useWords(words)
  if (!many) throw new Error(`${feature} has no words for many`)
  return many
}
