import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatsFor } from '../../../client/messages/formats.ts'
import { dateWords } from '../../../client/ui/date-words.ts'
import { readDate } from '../../../client/ui/read-date.ts'
import { offeredLocales } from '../../../db/values.ts'
import { cases } from '../../thorough.ts'

const styles = {
  long: { dateStyle: 'long' },
  medium: { dateStyle: 'medium' },
  short: { dateStyle: 'short' },
  full: { dateStyle: 'full' },
  numeric: {},
  twoDigits: { day: '2-digit', month: '2-digit', year: 'numeric' },
  longMonth: { day: 'numeric', month: 'long', year: 'numeric' },
  shortMonth: { day: 'numeric', month: 'short', year: 'numeric' },
} satisfies Record<string, Intl.DateTimeFormatOptions>

type Style = keyof typeof styles
/** Making one takes a hundred times as long as using it. */
const formats = new Map<string, Intl.DateTimeFormat>()
function formatOf(locale: string, style: Style): Intl.DateTimeFormat {
  const made =
    formats.get(`${locale} ${style}`) ?? new Intl.DateTimeFormat(locale, { ...styles[style], timeZone: 'UTC' })
  formats.set(`${locale} ${style}`, made)
  return made
}
const write = (locale: string, style: Style, civil: string): string =>
  formatOf(locale, style).format(new Date(`${civil}T12:00:00Z`))

const civilDays = fc
  .tuple(fc.integer({ min: 1950, max: 2049 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([year, month, day]) => [year, month, day].map((part) => String(part).padStart(2, '0')).join('-'))
/** As pasted from a page that runs from right to left, in capitals, or with other spaces. */
const pasted: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `\u{200f}${text.replaceAll(' ', '\u{200e} ')}\u{200f}`,
  (text) => text.toLocaleUpperCase('en'),
  (text) => text.replaceAll(' ', '\u{a0}'),
]

test.each(offeredLocales)('a date as %s writes it is read as that day, or not at all', (locale) => {
  const anyStyle = fc.constantFrom(...(Object.keys(styles) as Style[]))
  fc.assert(
    fc.property(civilDays, anyStyle, fc.constantFrom(...pasted), (civil, style, as) => {
      const text = as(write(locale, style, civil))
      expect([civil, undefined], `${style}: ${text}`).toContain(readDate(text, locale))
    }),
    { numRuns: cases(60, 300), seed: 7 },
  )
})

test.each(offeredLocales)(
  'long dates and the text of the field itself are read back in %s, in every month',
  (locale) => {
    const field = formatsFor(locale, 'UTC')
    for (let month = 1; month <= 12; month++)
      for (const day of ['01', '09', '12', '28']) {
        const civil = `2015-${String(month).padStart(2, '0')}-${day}`
        for (const text of [field.date(civil), write(locale, 'long', civil)])
          for (const as of pasted) expect(readDate(as(text), locale), text).toBe(civil)
      }
  },
)

test.each(offeredLocales)('the field never shows two numbers in %s that could be day and month', (locale) => {
  expect(formatsFor(locale, 'UTC').date('2015-07-08')).toMatch(/\p{L}/u)
})

test.each([
  ...offeredLocales,
  'hr-HR',
  'sk-SK',
  'sl-SI',
  'lt-LT',
  'hu-HU',
  'bg-BG',
  'ca-ES',
  'ga-IE',
  'eu-ES',
  'fa-AF',
])('no beginning of a month of %s is read as another month', (locale) => {
  const { months } = dateWords(locale)
  const called = (name: string) => months.findIndex((names) => names.has(name)) + 1
  const beginnings = (name: string) => Array.from(name, (_, index) => name.slice(0, index + 1))
  for (const [index, names] of months.entries())
    for (const word of [...names].flatMap(beginnings)) {
      const text = `7 ${word} 2015`
      const read = Number(readDate(text, locale)?.slice(5, 7) ?? 0)
      expect([called(word) || index + 1, 0], text).toContain(read)
    }
})

test.each([
  ['cs-CZ', '7. července 2015', '2015-07-07'],
  ['cs-CZ', '7. cervence 2015', '2015-07-07'],
  ['cs-CZ', '7. června 2015', '2015-06-07'],
  ['cs-CZ', '7. červen 2015', '2015-06-07'],
  ['cs-CZ', '7. červ 2015', undefined],
  ['cs-CZ', '8. 7. 2015', '2015-07-08'],
  ['fi-FI', '8.7.2015', '2015-07-08'],
  ['fi-FI', '8. heinäkuuta 2015', '2015-07-08'],
  ['fi-FI', '8 mar 2015', undefined],
  ['de-CH', '08.07.2015', '2015-07-08'],
  ['en-US', '08.07.2015', undefined],
  ['en-US', '7/8/2015', undefined],
  ['en-GB', '7th of July 2015', '2015-07-07'],
  ['en-US', 'July 1st, 2015', '2015-07-01'],
  ['fr-FR', '1er juillet 2015', '2015-07-01'],
  ['fr-FR', '1 jui 2015', undefined],
  ['pt-BR', '1º de julho de 2015', '2015-07-01'],
  ['pt-PT', '8/07/2015', undefined],
  ['pl-PL', '7 lipca 2015', '2015-07-07'],
  ['uk-UA', '7 липня 2015 р.', '2015-07-07'],
  ['uk-UA', '7 липень 2015', '2015-07-07'],
  ['el-GR', '7 Ιουλίου 2015', '2015-07-07'],
  ['el-GR', '7 ΙΟΥΛΙΟΣ 2015', '2015-07-07'],
  ['tr-TR', '7 KASIM 2015', '2015-11-07'],
  ['ar-EG', '٧ يوليو ٢٠١٥', '2015-07-07'],
  ['ar-EG', '٠٨‏/٠٧‏/٢٠١٥', undefined],
  ['he-IL', '7 ביולי 2015', '2015-07-07'],
  ['he-IL', '7 יולי 2015', '2015-07-07'],
  ['hi-IN', '७ जुलाई २०१५', '2015-07-07'],
  ['ja-JP', '２０１５年７月８日', '2015-07-08'],
  ['ko-KR', '2015. 7. 8.', '2015-07-08'],
  ['vi-VN', '8 tháng 7, 2015', '2015-07-08'],
  ['vi-VN', '8/7/2015', undefined],
  ['zh-TW', '2015/7/8', '2015-07-08'],
  ['sv-SE', '7 Jul 2015', '2015-07-07'],
  ['en-GB', '2015 July 7', '2015-07-07'],
  ['en-GB', '7 July 7 2015', undefined],
  ['en-GB', '7 July June 2015', undefined],
  ['th-TH', '7 กรกฎาคม 2558', undefined],
  ['th-TH', '7 Jul 2015', '2015-07-07'],
])('in %s, %s is %s', (locale, text, civil) => {
  expect(readDate(text, locale)).toBe(civil)
})
