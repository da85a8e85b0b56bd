import { area } from '../../messages/languages.ts'
import type { AnyRecord, RecordKind } from '../record-kind.ts'
import { useKindWords } from '../record-kind.ts'
import type { ManyWords } from '../record-words.ts'

export const manyWords = area('many')

export function useManyWords<R extends AnyRecord>(kind: RecordKind<R>): ManyWords {
  const { many } = useKindWords(kind)
  if (!many) throw new Error(`${kind.entity} has no words for many`)
  return many
}
