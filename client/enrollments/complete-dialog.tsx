import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../messages/messages.tsx'
import { useDay } from '../records/use-day.ts'
import { useToday } from '../school.tsx'
import { DateField } from '../ui/date-field.tsx'
import { ShortDialog } from '../ui/short-dialog.tsx'
import type { Place } from './enrollment-place.ts'
import { enrollmentWords } from './enrollment-words.ts'
import { useComplete } from './use-enrollment-writes.ts'

interface CompleteDialogProps {
  place: Place
  onClose(): void
  onDone(): void
}

export function CompleteDialog({ place, onClose, onDone }: CompleteDialogProps) {
  const { change: words } = useWords(enrollmentWords)
  const today = useToday()
  const { endDate, grade: known } = place.enrollment
  const [grade, setGrade] = useState(known ?? '')
  const last = useDay('complete-last-day', endDate && endDate < today ? endDate : today, words.missingLastDay)
  const { send, isBusy, failure } = useComplete(place, onDone)
  const submit = () => {
    const day = last.demand()
    if (day) send({ grade, endDate: day })
  }
  return (
    <ShortDialog
      title={words.completeTitle(place.name, place.classTitle)}
      submitLabel={words.completeSubmit}
      isBusy={isBusy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        label={words.grade}
        maxLength={20}
        autoComplete="off"
        value={grade}
        onChange={(event) => setGrade(event.currentTarget.value)}
      />
      <DateField label={words.lastDay} {...last.field} description={words.lastDayHint} />
    </ShortDialog>
  )
}
