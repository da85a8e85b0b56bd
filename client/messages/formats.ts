/** By the plural categories of a language (CLDR): English has `one` and `other`, Arabic six. Each form is a whole. */
export type Counted = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/** Numbers, dates and plurals as a school writes them. Civil dates are 'YYYY-MM-DD' and never shift with a time zone. */
export interface Formats {
  locale: string
  number(value: number): string
  /** For a spreadsheet of this place, which takes 1.5 for the first of May where it writes 1,5. */
  decimal(value: number): string
  /** '7 Jul 2015' */
  date(civil: string): string
  /** The school's date now. */
  today(): string
  /** '7 Jul 2015, 09:52 (London)', in the school's zone. */
  instant(iso: string): string
  list(items: string[]): string
  /** The form that this language has for so many. */
  plural(count: number, forms: Counted): string
}

const day = { day: 'numeric', month: 'short', year: 'numeric' } as const
/** Where the short month is a number, as in 8.7.2015, the long one leaves no doubt. */
const isNumbers = (locale: string) => !/\p{L}/u.test(new Intl.DateTimeFormat(locale, day).format(0))
const dayOf = (locale: string) => (isNumbers(locale) ? { ...day, month: 'long' as const } : day)
const noon = (civil: string) => new Date(`${civil}T12:00:00Z`)
const languageOf = (tag: string) => tag.split('-')[0] ?? tag
const townOf = (timeZone: string) => (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ')

/** The parts of a sentence go by its language, where the school writes its dates by another's. */
export function formatsFor(locale: string, timeZone: string, language = languageOf(locale)): Formats {
  const sentences = languageOf(locale) === languageOf(language) ? locale : language
  const numbers = new Intl.NumberFormat(locale)
  const decimals = new Intl.NumberFormat(locale, { useGrouping: false, numberingSystem: 'latn' })
  const written = dayOf(locale)
  const dates = new Intl.DateTimeFormat(locale, { ...written, timeZone: 'UTC' })
  const instants = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  const lists = new Intl.ListFormat(sentences, { type: 'conjunction' })
  const rules = new Intl.PluralRules(sentences)
  return {
    locale,
    number: (value) => numbers.format(value),
    decimal: (value) => decimals.format(value),
    date: (civil) => dates.format(noon(civil)),
    today: () => new Intl.DateTimeFormat(locale, { ...written, timeZone }).format(new Date()),
    instant: (iso) => `${instants.format(new Date(iso))} (${townOf(timeZone)})`,
    list: (items) => lists.format(items),
    plural: (count, forms) => forms[rules.select(count)] ?? forms.other,
  }
}
