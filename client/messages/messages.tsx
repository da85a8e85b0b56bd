import type { ReactNode } from 'react'
import { createContext, useContext, useMemo } from 'react'
import type { AreaName, Messages, Words } from './catalog.ts'
import type { Formats } from './formats.ts'
import { formatsFor } from './formats.ts'
import { frameIn, wordsIn } from './languages.ts'

interface SpeechOptions {
  language: string
  /** How dates and numbers are written. */
  locale: string
  timeZone: string
}
interface Speech {
  language: string
  messages: Messages
  formats: Formats
  areas: Partial<Record<AreaName, unknown>>
}

function speech({ language, locale, timeZone }: SpeechOptions): Speech {
  const formats = formatsFor(locale, timeZone, language)
  return { messages: frameIn(language, formats), formats, language, areas: {} }
}

export const browserTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
const SpeechContext = createContext<Speech | null>(null)

/** Everything inside speaks this language and writes dates by this locale. */
export function SpeechProvider(props: SpeechOptions & { children: ReactNode }) {
  const { language, locale, timeZone, children } = props
  const value = useMemo(() => speech({ language, locale, timeZone }), [language, locale, timeZone])
  return <SpeechContext value={value}>{children}</SpeechContext>
}

function useSpeech(): Speech {
  const value = useContext(SpeechContext)
  if (!value) throw new Error('Nothing is said outside a SpeechProvider')
  return value
}
export const useMessages = (): Messages => useSpeech().messages
export const useFormats = (): Formats => useSpeech().formats

/** The sentences of the area that is asked for. They are made once per language. */
export function useAnyWords(): <Name extends AreaName>(name: Name) => Words[Name] {
  const { formats, language, areas } = useSpeech()
  return <Name extends AreaName>(name: Name) => {
    areas[name] ??= wordsIn(language, name, formats)
    return areas[name] as Words[Name]
  }
}
export const useWords = <Name extends AreaName>(name: Name): Words[Name] => useAnyWords()(name)
