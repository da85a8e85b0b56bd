import { TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useFormats, useWords } from '../messages/messages.tsx'
import { readDate } from '../ui/read-date.ts'
import { historyWords } from './history-words.ts'

interface DayFilterProps {
  label: string
  /** 'YYYY-MM-DD' or none. */
  value: string | undefined
  /** In a sheet it says what it is above itself. */
  hasLabel: boolean
  onChange(day: string | undefined): void
}

/** A day typed as people write it; taken when the field is left, or by Enter. */
export function DayFilter({ label, value, hasLabel, onChange }: DayFilterProps) {
  const formats = useFormats()
  const { filters: words } = useWords(historyWords)
  const shown = value ? formats.date(value) : ''
  const written = readDate(shown, formats.locale) ? shown : (value ?? '')
  const [typed, setTyped] = useState(written)
  const [isWrong, setWrong] = useState(false)
  // Changed from elsewhere, as by Back or "Clear filters".
  useEffect(() => {
    setTyped(written)
    setWrong(false)
  }, [written])
  const take = () => {
    const day = typed.trim() ? readDate(typed, formats.locale) : undefined
    setWrong(Boolean(typed.trim()) && !day)
    if (day || !typed.trim()) onChange(day)
  }
  return (
    <TextInput
      className="day-filter"
      autoComplete="off"
      {...(hasLabel ? { size: 'sm', label } : { size: 'xs', 'aria-label': label })}
      placeholder={hasLabel ? words.dayHint() : label}
      error={isWrong && words.dayInvalid()}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take()
      }}
    />
  )
}
