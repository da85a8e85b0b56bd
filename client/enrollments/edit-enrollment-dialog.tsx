import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../messages/messages.tsx'
import { useDay } from '../records/use-day.ts'
import { DateField } from '../ui/date-field.tsx'
import { goToField } from '../ui/go-to-field.ts'
import { ShortDialog } from '../ui/short-dialog.tsx'
import type { Place } from './enrollment-place.ts'
import { enrollmentWords } from './enrollment-words.ts'
import { useChangeEnrollment } from './use-enrollment-writes.ts'

/** What was entered wrongly is put right: the days, the grade, the note. */
export function EditEnrollmentDialog({ place, onClose }: { place: Place; onClose(): void }) {
  const { change: words } = useWords(enrollmentWords)
  // As it was when this opened: only what is changed here is sent, over whatever others change meanwhile.
  const [enrollment] = useState(place.enrollment)
  const begin = useDay('enrollment-begin', enrollment.beginDate)
  const end = useDay('enrollment-end', enrollment.endDate)
  const [grade, setGrade] = useState(enrollment.grade ?? '')
  const [note, setNote] = useState(enrollment.note ?? '')
  const { send, isBusy, failure } = useChangeEnrollment(place, onClose)
  const submit = () => {
    for (const day of [begin, end]) day.show()
    const wrong = [begin, end].find(({ isWrong }) => isWrong)
    if (wrong) goToField(wrong.field.id)
    else
      send({
        ...(begin.day !== enrollment.beginDate && { beginDate: begin.day }),
        ...(end.day !== enrollment.endDate && { endDate: end.day }),
        ...(grade !== (enrollment.grade ?? '') && { grade }),
        ...(note !== (enrollment.note ?? '') && { note }),
      })
  }
  return (
    <ShortDialog
      title={words.editTitle(place.name, place.classTitle)}
      submitLabel={words.save}
      isBusy={isBusy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="two-days">
        <DateField label={words.beginDate} {...begin.field} />
        <DateField label={words.lastDay} {...end.field} />
      </div>
      <TextInput
        label={words.grade}
        maxLength={20}
        autoComplete="off"
        value={grade}
        onChange={(event) => setGrade(event.currentTarget.value)}
      />
      <TextInput
        label={words.note}
        description={words.noteHint}
        maxLength={500}
        autoComplete="off"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </ShortDialog>
  )
}
