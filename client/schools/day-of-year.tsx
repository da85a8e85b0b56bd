import { NativeSelect } from '@mantine/core'
import { useFormats, useWords } from '../messages/messages.tsx'
import { settingsWords } from './settings-words.ts'

const twoDigits = (value: number) => String(value).padStart(2, '0')
const days = Array.from({ length: 31 }, (_, index) => index + 1)

interface DayOfYearProps {
  id?: string
  label: string
  /** 'MM-DD', with one of both missing while it is chosen; null for none. */
  value: string | null
  onChange(value: string | null): void
  error?: string | undefined
  /** What is wrong is said elsewhere. */
  isWrong?: boolean
}

export function DayOfYear({ id, label, value, onChange, error, isWrong = Boolean(error) }: DayOfYearProps) {
  const { year } = useWords(settingsWords)
  const { locale, number } = useFormats()
  const [month = '', day = ''] = value?.split('-') ?? []
  const names = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' })
  const months = Array.from({ length: 12 }, (_, index) => ({
    value: twoDigits(index + 1),
    label: names.format(Date.UTC(2024, index, 15)),
  }))
  const choose = (nextMonth: string, nextDay: string) =>
    onChange(nextMonth || nextDay ? `${nextMonth}-${nextDay}` : null)
  return (
    <div className="day-of-year">
      <span className="field-label" aria-hidden>
        {label}
      </span>
      <NativeSelect
        {...(id && { id })}
        aria-label={year.month(label)}
        data={[{ value: '', label: year.noMonth }, ...months]}
        value={month}
        error={isWrong}
        onChange={(event) => choose(event.currentTarget.value, day)}
      />
      <NativeSelect
        aria-label={year.day(label)}
        data={[{ value: '', label: year.noDay }, ...days.map((one) => ({ value: twoDigits(one), label: number(one) }))]}
        value={day}
        error={isWrong}
        onChange={(event) => choose(month, event.currentTarget.value)}
      />
      {error && <p className="field-error">{error}</p>}
    </div>
  )
}
