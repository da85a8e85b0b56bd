import { expect, test } from 'vitest'
import { localeChoices } from '../../../client/auth/locales.ts'
import { readTime } from '../../../client/meetings/read-time.ts'
import { clockTimes } from '../../../client/messages/clock-times.ts'

test.each([
  ['9', '09:00'],
  ['09', '09:00'],
  ['9:50', '09:50'],
  ['9.50', '09:50'],
  ['9h50', '09:50'],
  ['950', '09:50'],
  ['0950', '09:50'],
  ['13.15', '13:15'],
  ['1315', '13:15'],
  [' 13:15 ', '13:15'],
  ['12', '12:00'],
  ['00:00', '00:00'],
  ['23:59', '23:59'],
])('“%s” is read as %s', (typed, read) => {
  expect(readTime(typed)).toBe(read)
})

test('an hour in the small of the night means the afternoon, unless it is written with its zero', () => {
  expect(readTime('2:30')).toBe('14:30')
  expect(readTime('6')).toBe('18:00')
  expect(readTime('7')).toBe('07:00')
  expect(readTime('02:30')).toBe('02:30')
  expect(readTime('0:15')).toBe('00:15')
})

test.each([
  ['9 am', '09:00'],
  ['9:50AM', '09:50'],
  ['1:15 p.m.', '13:15'],
  ['12 am', '00:00'],
  ['12:30 pm', '12:30'],
  ['115p', '13:15'],
])('halves of the day: “%s” is %s', (typed, read) => {
  expect(readTime(typed)).toBe(read)
})

test.each(['', 'noon', '24:00', '9:60', '9:5', '12345', '13 pm', '0 am', '9-10', '-1'])('“%s” is no time', (typed) => {
  expect(readTime(typed)).toBeUndefined()
})

test('what the screens write is read back as it was, in every language they may be in', () => {
  for (const { value: locale } of localeChoices('en-GB', 'en-GB'))
    for (const time of ['00:05', '06:59', '07:00', '09:50', '12:00', '13:15', '23:59']) {
      const written = clockTimes(locale).time(time)
      expect(readTime(written), `${locale} ${written}`).toBe(time)
    }
})
