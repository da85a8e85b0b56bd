import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../messages/messages.tsx'
import { DaysDialog } from '../records/days-dialog.tsx'
import type { Place } from './enrollment-place.ts'
import { enrollmentWords } from './enrollment-words.ts'
import { useChangeEnrollment } from './use-enrollment-writes.ts'

/** What was entered wrongly is put right: the days, the grade, the note. */
export function EditEnrollmentDialog({ place, onClose }: { place: Place; onClose(): void }) {
  const { change: words } = useWords(enrollmentWords)
  // As it was when this opened: only what is changed here is sent, over whatever others change meanwhile.
  const [enrollment] = useState(place.enrollment)
  const [grade, setGrade] = useState(enrollment.grade ?? '')
  const [note, setNote] = useState(enrollment.note ?? '')
  const { send, isBusy, failure } = useChangeEnrollment(place, onClose)
  const submit = (days: Partial<Pick<Place['enrollment'], 'beginDate' | 'endDate'>>) =>
    send({
      ...days,
      ...(grade !== (enrollment.grade ?? '') && { grade }),
      ...(note !== (enrollment.note ?? '') && { note }),
    })
  return (
    <DaysDialog
      name="enrollment"
      title={words.editTitle(place.name, place.classTitle)}
      labels={{ beginDate: words.beginDate, endDate: words.lastDay }}
      days={enrollment}
      submitLabel={words.save}
      isBusy={isBusy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
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
    </DaysDialog>
  )
}
