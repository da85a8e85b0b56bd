import { useState } from 'react'
import { useWords } from '../messages/messages.tsx'
import { useToday } from '../school.tsx'
import { goToField } from '../ui/go-to-field.ts'
import { recordWords } from './record-words.ts'

const civil = /^\d{4}-\d\d-\d\d$/

/** A day of a short form: what was typed, whether it is one, and the props of its field. `missing` is said of none. */
export function useDay(id: string, opened: string | null, missing?: string) {
  const { form: words } = useWords(recordWords)
  const near = useToday()
  const [typed, setTyped] = useState(opened ?? '')
  const [isLeft, setLeft] = useState(false)
  const [isAsked, setAsked] = useState(false)
  const isWrong = typed !== '' && !civil.test(typed)
  const day = isWrong || typed === '' ? null : typed
  const show = () => {
    setLeft(true)
    setAsked(true)
  }
  return {
    /** None when it is left empty. */
    day,
    isWrong,
    show,
    /** The day; where it is none, that is said and the field has the focus. */
    demand: () => {
      show()
      if (!day) goToField(id)
      return day
    },
    field: {
      id,
      description: words.dateHint,
      value: typed,
      near,
      error: isLeft && isWrong ? words.dateInvalid : isAsked && !day ? missing : undefined,
      onChange: setTyped,
      onBlur: () => setLeft(true),
    },
  }
}
