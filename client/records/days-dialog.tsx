import type { ReactNode } from 'react'
import { useState } from 'react'
import { DateField } from '../ui/date-field.tsx'
import { goToField } from '../ui/go-to-field.ts'
import type { ShortDialogProps } from '../ui/short-dialog.tsx'
import { ShortDialog } from '../ui/short-dialog.tsx'
import { useDay } from './use-day.ts'

/** From one day to another; null where it is open. */
interface Days {
  beginDate: string | null
  endDate: string | null
}

interface DaysDialogProps extends Omit<ShortDialogProps, 'onSubmit' | 'children'> {
  /** What the fields' ids begin with. */
  name: string
  labels: Record<keyof Days, string>
  days: Days
  onSubmit(changed: Partial<Days>): void
  /** Further fields. */
  children?: ReactNode
}

/** The days for which something holds. */
export function DaysDialog({ name, labels, days, onSubmit, children, ...dialog }: DaysDialogProps) {
  // As they were when this opened: only what is changed here is sent, over whatever others change meanwhile.
  const [opened] = useState(days)
  const begin = useDay(`${name}-begin`, opened.beginDate)
  const end = useDay(`${name}-end`, opened.endDate)
  const submit = () => {
    for (const day of [begin, end]) day.show()
    const wrong = [begin, end].find(({ isWrong }) => isWrong)
    if (wrong) return goToField(wrong.field.id)
    onSubmit({
      ...(begin.day !== opened.beginDate && { beginDate: begin.day }),
      ...(end.day !== opened.endDate && { endDate: end.day }),
    })
  }
  return (
    <ShortDialog {...dialog} onSubmit={submit}>
      <div className="two-days">
        <DateField data-autofocus label={labels.beginDate} {...begin.field} />
        <DateField label={labels.endDate} {...end.field} />
      </div>
      {children}
    </ShortDialog>
  )
}
