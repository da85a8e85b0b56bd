import { classWords } from '../classes/class-words.ts'
import { useWords } from '../messages/messages.tsx'
import { fullName } from '../people.ts'
import { useDay } from '../records/use-day.ts'
import { useToday } from '../school.tsx'
import { DateField } from '../ui/date-field.tsx'
import { goToField } from '../ui/go-to-field.ts'
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
  const begin = useDay('teaching-begin', assignment.beginDate)
  const end = useDay('teaching-end', assignment.endDate)
  const { send, isBusy, failure } = useChangeTeaching(assignment, onClose)
  const submit = () => {
    for (const day of [begin, end]) day.show()
    const wrong = [begin, end].find(({ isWrong }) => isWrong)
    if (wrong) goToField(wrong.field.id)
    else send({ beginDate: begin.day, endDate: end.day }, words.savedToast(fullName(assignment)))
  }
  return (
    <ShortDialog
      title={words.changeTitle(fullName(assignment))}
      submitLabel={words.save}
      isBusy={isBusy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="two-days">
        <DateField label={words.firstDay} {...begin.field} />
        <DateField label={words.lastDay} {...end.field} />
      </div>
    </ShortDialog>
  )
}
