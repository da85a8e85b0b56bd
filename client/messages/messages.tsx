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

const languageOf = (locale: string) => locale.split('-')[0] ?? 'en'

function speech(locale: string, timeZone: string) {
  const formats = formatsFor(known(locale), timeZone)
  const language = languageOf(locale)
  return { messages: (catalogs[language] ?? en)(formats), formats, language, areas: new Map<object, unknown>() }
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

/** The sentences of one area, by language: they load with its screens and not with the first one. */
export interface Area<T> {
  en: (formats: Formats) => T
  [language: string]: (formats: Formats) => T
}

/** Each area's sentences are made once per language. */
export function useWords<T>(area: Area<T>): T {
  const { formats, language, areas } = useContext(Speech)
  const words = (areas.get(area) as T | undefined) ?? (area[language] ?? area.en)(formats)
  areas.set(area, words)
  return words
}
