import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { withdrawalReasons } from '../../db/values.ts'
import { useWords } from '../messages/messages.tsx'
import { useDay } from '../records/use-day.ts'
import { useToday } from '../school.tsx'
import { DateField } from '../ui/date-field.tsx'
import { goToField } from '../ui/go-to-field.ts'
import { ShortDialog } from '../ui/short-dialog.tsx'
import type { Place } from './enrollment-place.ts'
import { enrollmentWords } from './enrollment-words.ts'
import { useWithdraw } from './use-enrollment-writes.ts'

interface WithdrawDialogProps {
  place: Place
  /** Who gets the seat when it is free. */
  next?: string | undefined
  onClose(): void
  onDone(): void
}

export function WithdrawDialog({ place, next, onClose, onDone }: WithdrawDialogProps) {
  const { change: words, reasons, waitlist } = useWords(enrollmentWords)
  const today = useToday()
  const [reason, setReason] = useState('')
  const [isAsked, setAsked] = useState(false)
  const last = useDay('withdraw-last-day', today, words.missingLastDay)
  const [note, setNote] = useState('')
  const { send, isBusy, failure } = useWithdraw(place, onDone)
  const isWaiting = place.enrollment.status === 'waitlisted'
  const known = withdrawalReasons.find((one) => one === reason)
  const isMissing = isAsked && !known
  const submit = () => {
    setAsked(true)
    last.show()
    if (!known) goToField('withdraw-reason')
    else if (isWaiting) send({ reason: known, note })
    else {
      const endDate = last.demand()
      if (endDate) send({ reason: known, endDate, note })
    }
  }
  return (
    <ShortDialog
      title={(isWaiting ? words.takeOffTitle : words.withdrawTitle)(place.name, place.classTitle)}
      submitLabel={isWaiting ? words.takeOffSubmit : words.withdrawSubmit}
      isBusy={isBusy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <NativeSelect
        id="withdraw-reason"
        data-autofocus
        label={words.reason}
        data={[
          { value: '', label: words.chooseReason },
          ...withdrawalReasons.map((value) => ({ value, label: reasons[value] })),
        ]}
        value={reason}
        error={isMissing && words.missingReason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {!isWaiting && <DateField label={words.lastDay} {...last.field} description={words.lastDayHint} />}
      <TextInput
        label={words.note}
        description={words.noteHint}
        maxLength={500}
        autoComplete="off"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {next && <p className="dim">{waitlist.nextGetsSeat(next)}</p>}
    </ShortDialog>
  )
}
