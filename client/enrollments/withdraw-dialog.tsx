import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../messages/messages.tsx'
import { ShortDialog } from '../ui/short-dialog.tsx'
import type { Place } from './enrollment-place.ts'
import { enrollmentWords } from './enrollment-words.ts'
import { LeavingFields, useLeaving } from './leaving-fields.tsx'
import { useWithdraw } from './use-enrollment-writes.ts'

interface WithdrawDialogProps {
  place: Place
  /** Who gets the seat when it is free. */
  next?: string | undefined
  onClose(): void
  onDone(): void
}

export function WithdrawDialog({ place, next, onClose, onDone }: WithdrawDialogProps) {
  const { change: words, waitlist } = useWords(enrollmentWords)
  const [note, setNote] = useState('')
  const { send, isBusy, failure } = useWithdraw(place, onDone)
  const isWaiting = place.enrollment.status === 'waitlisted'
  const leaving = useLeaving(isWaiting)
  const submit = () => {
    const asked = leaving.demand()
    if (asked) send({ ...asked, note })
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
      <LeavingFields {...leaving.fields} />
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
