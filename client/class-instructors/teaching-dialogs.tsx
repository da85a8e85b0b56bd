import { classWords } from '../classes/class-words.ts'
import { HoldAnyway, useHoldReason } from '../meetings/hold-anyway.tsx'
import { useWords } from '../messages/messages.tsx'
import { fullName } from '../people.ts'
import { DaysDialog } from '../records/days-dialog.tsx'
import { useDay } from '../records/use-day.ts'
import { useToday } from '../school.tsx'
import { DateField } from '../ui/date-field.tsx'
import { ShortDialog } from '../ui/short-dialog.tsx'
import type { Assignment } from './use-teaching.ts'
import { useChangeTeaching } from './use-teaching.ts'

interface TeachingDialogProps {
  assignment: Assignment
  classTitle: string
  onClose(): void
}

export function EndTeachingDialog({ assignment, classTitle, onClose }: TeachingDialogProps) {
  const { teaching: words } = useWords(classWords)
  const last = useDay('teaching-last-day', useToday(), words.missingLastDay)
  const { send, isBusy, failure } = useChangeTeaching(assignment, onClose)
  const name = fullName(assignment)
  const submit = () => {
    const endDate = last.demand()
    if (endDate) send({ endDate }, words.endedToast(name, endDate))
  }
  return (
    <ShortDialog
      title={words.endTitle(name, classTitle)}
      submitLabel={words.end}
      isBusy={isBusy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="dim">{words.endHint(name)}</p>
      <DateField label={words.lastDay} {...last.field} />
    </ShortDialog>
  )
}

export function TeachingDatesDialog({ assignment, onClose }: TeachingDialogProps) {
  const { teaching: words } = useWords(classWords)
  const { send, isBusy, failure, conflicts, refused } = useChangeTeaching(assignment, onClose)
  const hold = useHoldReason(words.missingReason)
  const submit = (days: { beginDate?: string | null; endDate?: string | null }) => {
    const isRefused = conflicts && refused?.beginDate === days.beginDate && refused?.endDate === days.endDate
    const overrideReason = isRefused ? hold.demand() : null
    if (overrideReason !== undefined) send({ ...days, overrideReason }, words.savedToast(fullName(assignment)))
  }
  return (
    <DaysDialog
      name="teaching"
      title={words.changeTitle(fullName(assignment))}
      labels={{ beginDate: words.firstDay, endDate: words.lastDay }}
      days={assignment}
      submitLabel={words.save}
      isBusy={isBusy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      {conflicts && <HoldAnyway conflicts={conflicts} field={hold.field} />}
    </DaysDialog>
  )
}
