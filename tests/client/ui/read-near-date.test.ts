import { expect, test } from 'vitest'
import { readNearDate } from '../../../client/ui/read-near-date.ts'

const today = '2026-12-01'

test('a day without its year is the one of the school year around today', () => {
  expect(readNearDate('Dec 3', 'en-US', today)).toBe('2026-12-03')
  expect(readNearDate('3 December', 'en-GB', today)).toBe('2026-12-03')
  expect(readNearDate('3.12.', 'de-DE', today)).toBe('2026-12-03')
  expect(readNearDate('Jan 8', 'en-US', today)).toBe('2027-01-08')
  expect(readNearDate('Jun 18', 'en-US', today)).toBe('2027-06-18')
  expect(readNearDate('Sep 1', 'en-US', today)).toBe('2026-09-01')
  expect(readNearDate('Dec 3', 'en-US', '2027-02-01')).toBe('2026-12-03')
})

test('a year that is written counts, and what is no day stays none', () => {
  expect(readNearDate('Dec 3, 2031', 'en-US', today)).toBe('2031-12-03')
  for (const text of ['', '3', '12/3', 'Dec', 'Dec 3, 20', 'May 2026', 'Feb 29'])
    expect(readNearDate(text, 'en-US', today), text).toBeUndefined()
})
