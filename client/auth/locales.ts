import { offeredLocales } from '../../db/values.ts'

/** Each in its name in the reader's language, by name. */
export function localeChoices(own: string, reader: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(reader, { type: 'language', languageDisplay: 'standard' })
  return [...new Set([own, ...offeredLocales])]
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((one, other) => one.label.localeCompare(other.label, reader))
}

export const timeZoneChoices = (own: string): { value: string; label: string }[] =>
  [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])]
    .sort()
    .map((value) => ({ value, label: value.replaceAll('_', ' ') }))
