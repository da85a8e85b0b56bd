import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { withdrawalReasons } from '../../db/values.ts'
import { useWords } from '../messages/messages.tsx'
import { useDay } from '../records/use-day.ts'
import { useToday } from '../school.tsx'
import { DateField } from '../ui/date-field.tsx'
import { goToField } from '../ui/go-to-field.ts'
import { enrollmentWords } from './enrollment-words.ts'

type WithdrawalReason = (typeof withdrawalReasons)[number]

/** Why students leave a class, and their last day; who only waits has none. */
export function useLeaving(isWaiting = false) {
  const { change: words } = useWords(enrollmentWords)
  const [chosen, setReason] = useState('')
  const [isAsked, setAsked] = useState(false)
  const last = useDay('withdraw-last-day', useToday(), words.missingLastDay)
  const reason = withdrawalReasons.find((one) => one === chosen)
  return {
    fields: { chosen, setReason, isMissing: isAsked && !reason, last: isWaiting ? undefined : last.field },
    /** What to send; where something is missing, that is said and its field has the focus. */
    demand(): { reason: WithdrawalReason; endDate?: string } | undefined {
      setAsked(true)
      last.show()
      if (!reason) {
        goToField('withdraw-reason')
        return undefined
      }
      if (isWaiting) return { reason }
      const endDate = last.demand()
      return endDate ? { reason, endDate } : undefined
    },
  }
}

export function LeavingFields({ chosen, setReason, isMissing, last }: ReturnType<typeof useLeaving>['fields']) {
  const { change: words, reasons } = useWords(enrollmentWords)
  return (
    <>
      <NativeSelect
        id="withdraw-reason"
        data-autofocus
        label={words.reason}
        data={[
          { value: '', label: words.chooseReason },
          ...withdrawalReasons.map((value) => ({ value, label: reasons[value] })),
        ]}
        value={chosen}
        error={isMissing && words.missingReason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {last && <DateField label={words.lastDay} {...last} description={words.lastDayComing} />}
    </>
  )
}
