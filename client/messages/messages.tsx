import type { ReactNode } from 'react'
import { createContext, useContext, useMemo } from 'react'
import type { Messages } from './en.ts'
import { en } from './en.ts'
import type { Formats } from './formats.ts'
import { formatsFor } from './formats.ts'

/** By language. A new one is complete when it compiles. */
const catalogs: Record<string, (formats: Formats) => Messages> = { en }

const known = (locale: string): string => {
  try {
    return new Intl.Locale(locale).toString()
  } catch {
    return 'en-GB'
  }
}

function speech(locale: string, timeZone: string) {
  const formats = formatsFor(known(locale), timeZone)
  const catalog = catalogs[locale.split('-')[0] ?? 'en'] ?? en
  return { messages: catalog(formats), formats }
}

export const browserTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
const Speech = createContext(speech(navigator.language, browserTimeZone()))

/** Everything inside speaks the school's language and writes dates as it does. */
export function SpeechProvider(props: { locale: string; timeZone: string; children: ReactNode }) {
  const { locale, timeZone, children } = props
  const value = useMemo(() => speech(locale, timeZone), [locale, timeZone])
  return <Speech value={value}>{children}</Speech>
}

export const useMessages = (): Messages => useContext(Speech).messages
export const useFormats = (): Formats => useContext(Speech).formats
