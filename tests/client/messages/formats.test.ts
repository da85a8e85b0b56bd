import { expect, test } from 'vitest'
import { formatsFor } from '../../../client/messages/formats.ts'
import { weekFormats } from '../../../client/messages/week-formats.ts'
import { readDate } from '../../../client/ui/read-date.ts'

test('a birth date is written as the school writes dates, and never shifts by a day', () => {
  expect(formatsFor('en-GB', 'Pacific/Kiritimati').date('2015-07-07')).toBe('7 Jul 2015')
  expect(formatsFor('en-US', 'Pacific/Pago_Pago').date('2015-07-07')).toBe('Jul 7, 2015')
  expect(formatsFor('de-DE', 'Europe/Berlin').date('2015-12-31')).toBe('31. Dez. 2015')
})

test('a moment is told in the time of the school, and says so', () => {
  const formats = formatsFor('en-GB', 'America/New_York')
  expect(formats.instant('2026-11-20T02:30:00Z')).toBe('19 Nov 2026, 21:30 (New York)')
})

test('a date is read the way people write it', () => {
  for (const text of ['7 Jul 2015', '7 July 2015', 'July 7, 2015', '2015-07-07', ' 07 jul. 2015 '])
    expect(readDate(text, 'en-GB'), text).toBe('2015-07-07')
  expect(readDate('7. Dezember 2015', 'de-DE')).toBe('2015-12-07')
  expect(readDate('3 mars 2014', 'fr-FR')).toBe('2014-03-03')
})

test('what could be two dates, or is none, is not guessed', () => {
  for (const text of ['07/08/2015', '7 Ju 2015', '31 Feb 2015', '2015-13-01', '7 Jul 15', '7 Jul', 'yesterday', ''])
    expect(readDate(text, 'en-GB'), text).toBeUndefined()
})

test('every date the screens write is read back as the same one', () => {
  for (const locale of ['en-GB', 'en-US', 'de-DE', 'fr-FR', 'es-ES', 'pl-PL', 'sv-SE'])
    for (let month = 1; month <= 12; month++) {
      const civil = `2014-${String(month).padStart(2, '0')}-09`
      const written = formatsFor(locale, 'UTC').date(civil)
      expect(readDate(written, locale), `${locale}: ${written}`).toBe(civil)
    }
})

test('days of a week that begins on Sunday or Saturday are one run', () => {
  const { weekdays } = weekFormats(formatsFor('en-GB', 'UTC'))
  expect(weekdays([1, 2, 3, 4, 7])).toBe('Sun–Thu')
  expect(weekdays([1, 2, 3, 6, 7])).toBe('Sat–Wed')
  expect(weekdays([1, 7])).toBe('Sun and Mon')
  expect(weekdays([1, 3, 7])).toBe('Sun, Mon and Wed')
  expect(weekdays([1, 2, 3, 4, 5, 6, 7])).toBe('Mon–Sun')
})
