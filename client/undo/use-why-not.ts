import { knownError, sentenceOf } from '../errors.ts'
import { area } from '../messages/languages.ts'
import { useMessages, useWords } from '../messages/messages.tsx'

export const undoWords = area('undo')

/** A record in the way, as the server tells of the first ones. */
export interface InTheWay {
  name?: string
  by?: string | null
  way?: 'screen' | 'import' | 'cli'
}
export interface Collision {
  kind: 'student' | 'instructor' | 'room'
  classTitle: string
  names: string[]
}
interface Details {
  records?: InTheWay[]
  conflicts?: Collision[]
}

/** Why something was not undone: whom to ask, or where to look. */
export function useWhyNot(): (error: unknown) => string {
  const messages = useMessages()
  const words = useWords(undoWords)
  return (error) => {
    const known = knownError(error)
    const { records, conflicts } = (known?.details ?? {}) as Details
    const [record] = records ?? []
    const [conflict] = conflicts ?? []
    if (known?.reason === 'undo.changed' && record?.name) return words.changed(record, (records?.length ?? 1) - 1)
    if (known?.reason === 'meeting.conflicts' && conflict) return words.collides(conflict)
    return sentenceOf(error, messages)
  }
}
