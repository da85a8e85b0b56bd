import { TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { useFormats } from '../messages/messages.tsx'
import { readDate } from './read-date.ts'
import { readNearDate } from './read-near-date.ts'

interface DateFieldProps {
  label: string
  description: string
  /** 'YYYY-MM-DD', empty, or what was typed when it is no date. */
  value: string
  error?: ReactNode
  /** Today, where a day without its year means one of this school year; a birth date is never completed. */
  near?: string
  id: string
  onChange(value: string): void
  onBlur(): void
}

const civil = /^\d{4}-\d\d-\d\d$/

/** A date typed as people write it: choosing a birth date in a calendar takes too long. */
export function DateField({ value, onChange, onBlur, near, ...field }: DateFieldProps) {
  const formats = useFormats()
  const shown = civil.test(value) && readDate(value, formats.locale) ? formats.date(value) : value
  // In another calendar than ours the screens write what the field would not read.
  const written = readDate(shown, formats.locale) ? shown : value
  const [typed, setTyped] = useState<string | null>(null)
  const leave = () => {
    setTyped(null)
    onBlur()
  }
  const type = (text: string) => {
    setTyped(text)
    const day = near ? readNearDate(text, formats.locale, near) : readDate(text, formats.locale)
    onChange(day ?? text.trim())
  }
  return (
    <TextInput
      autoComplete="off"
      {...field}
      value={typed ?? written}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={leave}
    />
  )
}
