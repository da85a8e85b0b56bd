import fc from 'fast-check'
import { expect, test } from 'vitest'
import { offeredLocales } from '../../../../db/values.ts'
import { addDays } from '../../../../server/calendar.ts'
import { readingOf } from '../../../../server/oneroster/read/dates.ts'
import { cases } from '../../../thorough.ts'

test.each([
  ['2012-03-04', '2012-03-04'],
  ['2012-3-4', '2012-03-04'],
  ['2012/03/04', '2012-03-04'],
  ['2012.03.04.', '2012-03-04'],
  ['20120304', '2012-03-04'],
  ['2012-W09-7', '2012-03-04'],
  ['2012W097', '2012-03-04'],
  ['2009-W53-5', '2010-01-01'],
  ['2012-064', '2012-03-04'],
  ['2012-366', '2012-12-31'],
  ['2012-03-04T18:25:43.511+02:00', '2012-03-04'],
  ['20120304T182543', '2012-03-04'],
  ['2012-03-04T08', '2012-03-04'],
  ['2012-03-04Z', '2012-03-04'],
  ['2012-03-04+01:00', '2012-03-04'],
  ['2012-03-04 08:01:05', '2012-03-04'],
  ['2012-03-04 08:01:05,123456', '2012-03-04'],
  ['2012-03-04 00:00:00.000 UTC', '2012-03-04'],
  ['6/15/2012, 12:00:00\u202fAM', '2012-06-15'],
  ['6/15/2012 11:59 p.m.', '2012-06-15'],
  ['15/06/2012', '2012-06-15'],
  ['15.6.2012', '2012-06-15'],
  ['15. 6. 2012', '2012-06-15'],
  ['4/04/2012', '2012-04-04'],
  ['04-Mar-2012', '2012-03-04'],
  ['04MAR2012', '2012-03-04'],
  ['Mar 4 2012 12:00AM', '2012-03-04'],
  ['March 4th, 2012', '2012-03-04'],
  ['Sun, 4 Mar 2012 00:00:00 GMT', '2012-03-04'],
  ['4 de marzo de 2012', '2012-03-04'],
  ['1er mars 2012', '2012-03-01'],
  ['4. Jänner 2012', '2012-01-04'],
  ['2012年3月4日', '2012-03-04'],
  ['2012년 3월 4일', '2012-03-04'],
  ['', null],
  ['0000-00-00', null],
  ['0000-00-00 00:00:00', null],
])('%j is the day %j', (text, day) => expect(readingOf(text)).toEqual({ day, ...orderOf(text) }))

const orderOf = (text: string) => {
  if (text.startsWith('6/15')) return { order: 'mdy' }
  return /^15[/.]/.test(text) ? { order: 'dmy' } : {}
}

test.each([
  ['2012-W53-1', '2013-W00-1', '2012-W09-8', '2012-W09', '2012-367', '2013-366', '2012-000', '2012064'],
  ['2012-02-30', '20120230', '31/31/2012', '30/02/2012', '15/06/12', '12-13-14', '06/2012', 'June 2012'],
  ['2012-03-04T24:00', '2012-03-04 8:75', '2012-03-04 13:00 PM', '99999999', '7011', '07011', '401234', '-1'],
  ['4 marzec styczeń 2012', 'mar, 4 jun 2012', '4 Smarch 2012', 'term 4 mar 2012', 'yesterday', '2012-03-04 or so'],
])('%j and their like are no day', (...texts) => {
  for (const text of texts) expect(readingOf(text), text).toEqual({})
})

test('what may be two days is told as both; a spreadsheet’s number is the day that it shows there', () => {
  expect(readingOf('6/5/2012 12:00:00 AM')).toEqual({ either: { mdy: '2012-06-05', dmy: '2012-05-06' } })
  expect(readingOf('40334')).toEqual({ serial: '2010-06-05' })
  expect(readingOf('40334.75')).toEqual({ serial: '2010-06-05' })
})

test('a time in UTC is marked, unless it is midnight', () => {
  expect(readingOf('2012-03-04T22:00:00Z')).toEqual({ day: '2012-03-04', isUtc: true })
  expect(readingOf('2012-03-04T22:00:00+00:00')).toMatchObject({ isUtc: true })
  for (const text of ['2012-03-04T00:00:00.000Z', '2012-03-04T22:00:00-05:00', '3/14/2012 12:00 AM GMT'])
    expect(readingOf(text), text).not.toHaveProperty('isUtc')
})

const styles = [
  { dateStyle: 'full' },
  { dateStyle: 'long' },
  { dateStyle: 'medium' },
  { day: '2-digit', month: 'short', year: 'numeric' },
  { day: 'numeric', month: 'long', year: 'numeric' },
  { day: 'numeric', month: 'numeric', year: 'numeric' },
] as const

test('a date as any offered locale writes it is read as that day, or not for certain', () => {
  const read = new Set<string>()
  const day = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays('1950-01-01', days))
  const written = fc.tuple(fc.constantFrom(...offeredLocales), fc.constantFrom(...styles), day)
  fc.assert(
    fc.property(written, ([locale, style, day]) => {
      const format = new Intl.DateTimeFormat(locale, { ...style, calendar: 'gregory', timeZone: 'UTC' })
      const text = format.format(new Date(`${day}T12:00:00Z`))
      const reading = readingOf(text)
      if (reading.day === day) read.add(locale)
      else if (reading.either) expect(Object.values(reading.either), text).toContain(day)
      else expect(reading, text).toEqual({})
    }),
    { numRuns: cases(300, 1500), endOnFailure: true },
  )
  expect(read.size).toBeGreaterThan(36)
})
