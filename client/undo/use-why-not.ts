import type { OperationWay } from '../../db/values.ts'
import { knownError, sentenceOf } from '../errors.ts'
import { area } from '../messages/languages.ts'
import { useMessages, useWords } from '../messages/messages.tsx'

export const undoWords = area('undo')

/** A record in the way, as the server tells of the first ones. */
export interface InTheWay {
  name?: string
  by?: string | null
  way?: OperationWay
}
interface Details {
  records?: InTheWay[]
}

/** Why something was not undone: whom to ask, or where to look. */
export function useWhyNot(): (error: unknown) => string {
  const messages = useMessages()
  const words = useWords(undoWords)
  return (error) => {
    const known = knownError(error)
    const { records } = (known?.details ?? {}) as Details
    const [record] = records ?? []
    if (known?.reason === 'undo.changed' && record?.name) return words.changed(record, (records?.length ?? 1) - 1)
    return sentenceOf(error, messages)
  }
}
