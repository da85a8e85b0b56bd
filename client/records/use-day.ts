import { useState } from 'react'
import { useWords } from '../messages/messages.tsx'
import { recordWords } from './record-words.ts'

const civil = /^\d{4}-\d\d-\d\d$/

/** A day of a short form: what was typed, whether it is one, and the props of its field. */
export function useDay(id: string, opened: string | null) {
  const { form: words } = useWords(recordWords)
  const [typed, setTyped] = useState(opened ?? '')
  const [isLeft, setLeft] = useState(false)
  const isWrong = typed !== '' && !civil.test(typed)
  return {
    /** None when it is left empty. */
    day: isWrong || typed === '' ? null : typed,
    isWrong,
    show: () => setLeft(true),
    field: {
      id,
      description: words.dateHint,
      value: typed,
      error: isLeft && isWrong ? words.dateInvalid : undefined,
      onChange: setTyped,
      onBlur: () => setLeft(true),
    },
  }
}
