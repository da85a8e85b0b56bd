import { Button, TextInput } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { useState } from 'react'
import { knownError } from '../errors.ts'
import { useWords } from '../messages/messages.tsx'
import '../ui/form.css'
import { goToField } from '../ui/go-to-field.ts'
import { Notice } from '../ui/page.tsx'
import './meeting-rows.css'
import { ConflictLines } from './conflict-lines.tsx'
import { timetableWords } from './timetable-words.ts'
import type { Conflict } from './use-conflicts.ts'

const fieldId = 'hold-reason'

/** What the server refused because it collides; undefined where it refused something else. */
export function conflictsIn(error: unknown): Conflict[] | undefined {
  const known = knownError(error)
  return known?.reason === 'meeting.conflicts' ? (known.details as { conflicts: Conflict[] }).conflicts : undefined
}

/** Asks why something is to be held although it collides. `demand` answers the reason, or goes to the field. */
export function useHoldReason(missing?: string) {
  const { invalid } = useWords(timetableWords)
  const [text, setText] = useState('')
  const [isAsked, setAsked] = useState(false)
  const reason = text.trim()
  return {
    demand(): string | undefined {
      setAsked(true)
      if (!reason) goToField(fieldId)
      return reason || undefined
    },
    field: {
      id: fieldId,
      value: text,
      error: isAsked && !reason && (missing ?? invalid.reason),
      onChange: (event: { currentTarget: { value: string } }) => setText(event.currentTarget.value),
    },
  }
}

interface HoldAnywayProps {
  conflicts: readonly Conflict[]
  field: ReturnType<typeof useHoldReason>['field']
  /** Where the field is in a form that Enter would send without it. */
  onEnter?(): void
}

export function HoldAnyway({ conflicts, field, onEnter }: HoldAnywayProps) {
  const { edit } = useWords(timetableWords)
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !onEnter) return
    event.preventDefault()
    onEnter()
  }
  return (
    <div className="hold-anyway whole">
      <div role="alert">
        <ConflictLines conflicts={conflicts} />
      </div>
      <TextInput
        label={edit.reason}
        description={edit.reasonHint}
        maxLength={500}
        autoComplete="off"
        onKeyDown={pressed}
        {...field}
      />
    </div>
  )
}

interface HoldQuestionProps {
  details: unknown
  /** What was refused. Usually it is a room. */
  said?: string
  isBusy: boolean
  onAnswer(input: { overrideReason: string }): void
}

/** Above a form whose saving was refused: saves it with the reason. */
export function HoldQuestion({ details, said, isBusy, onAnswer }: HoldQuestionProps) {
  const { edit } = useWords(timetableWords)
  const { demand, field } = useHoldReason()
  const answer = () => {
    const overrideReason = demand()
    if (overrideReason) onAnswer({ overrideReason })
  }
  return (
    <Notice tone="bad" role="alert">
      <div>
        <p>{said ?? edit.roomTaken}</p>
        <HoldAnyway conflicts={(details as { conflicts: Conflict[] }).conflicts} field={field} onEnter={answer} />
        <Button mt={8} variant="default" loading={isBusy} onClick={answer}>
          {edit.saveAnyway}
        </Button>
      </div>
    </Notice>
  )
}
