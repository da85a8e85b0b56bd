import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useFormats, useWords } from '../messages/messages.tsx'
import { FormFields } from '../records/form-fields.tsx'
import type { RecordFormState } from '../records/use-record-form.ts'
import { useToday } from '../school.tsx'
import { Notice } from '../ui/page.tsx'
import './class.css'
import { useRooms, useTerms } from './class-choices.ts'
import type { ClassValues } from './class-form.ts'
import { classForm } from './class-form.ts'
import type { SchoolClass } from './class-kind.ts'
import { classFormWords } from './class-kind.ts'
import { classWords } from './class-words.ts'

interface FieldsProps {
  state: RecordFormState<ClassValues>
  /** The class as it was opened. What it has already can be chosen again, even if it is archived. */
  of?: SchoolClass | undefined
}

/** Terms that are over show only on demand, unless the class has them. */
function TermsField({ state, of }: FieldsProps) {
  const { form, idOf } = state
  const { form: words } = useWords(classFormWords)
  const { date } = useFormats()
  const today = useToday()
  const [showsAll, setShowsAll] = useState(false)
  const chosen = form.values.academicSessionIds
  const listed = useTerms()
  const terms = [...(of?.terms ?? []).filter(({ id }) => !listed.some((one) => one.id === id)), ...listed]
  const shown = terms.filter(({ id, endDate }) => showsAll || endDate >= today || chosen.includes(id))
  const toggle = (id: string) =>
    form.setFieldValue('academicSessionIds', chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
  return (
    <fieldset className="whole term-choices" id={idOf('academicSessionIds')} tabIndex={-1}>
      <legend className="field-label">{state.words.fields.academicSessionIds}</legend>
      {terms.length === 0 && <p className="dim">{words.noTerms}</p>}
      {shown.map(({ id, title, startDate, endDate }) => (
        <Checkbox
          key={id}
          className="whole"
          label={title}
          description={words.termDays(date(startDate), date(endDate))}
          checked={chosen.includes(id)}
          onChange={() => toggle(id)}
        />
      ))}
      {shown.length < terms.length && (
        <Button variant="subtle" color="gray" className="whole start" onClick={() => setShowsAll(true)}>
          {words.earlierTerms}
        </Button>
      )}
      {form.errors.academicSessionIds && <p className="field-error">{form.errors.academicSessionIds}</p>}
    </fieldset>
  )
}

/** A class may have more seats than its room, for a while; it is only said. */
function RoomWarning({ state }: FieldsProps) {
  const words = useWords(classWords)
  const { capacity, roomId } = state.form.values
  const room = useRooms().find(({ id }) => id === roomId)
  const seats = Number(capacity)
  const isOver = capacity.trim() !== '' && room?.seats !== null && room !== undefined && seats > room.seats
  return (
    <div className="whole" role="status">
      {isOver && (
        <Notice tone="warn">
          <p>{words.overRoom(seats, room.name, room.seats ?? 0)}</p>
        </Notice>
      )}
    </div>
  )
}

export const ClassFields = ({ state, of }: FieldsProps) => (
  <FormFields
    state={state}
    shape={classForm}
    record={of}
    own={{ academicSessionIds: <TermsField state={state} of={of} /> }}
    after={{ roomId: <RoomWarning state={state} /> }}
  />
)
