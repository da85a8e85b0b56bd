import { expect, test } from 'vitest'
import { dayByKey, weeksOf } from '../../../client/calendar/month-days.ts'

test('a month has whole weeks from Monday to Sunday', () => {
  expect(weeksOf('2027-02')).toHaveLength(4)
  expect(weeksOf('2026-11').map(([monday]) => monday)).toEqual([
    ...['2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23', '2026-11-30'],
  ])
})

test('the keys go from day to day, from week to week and from month to month', () => {
  const keys = (day: string, ...pressed: string[]) => pressed.map((key) => dayByKey(key, day))
  expect(keys('2026-10-31', 'ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown')).toEqual([
    ...['2026-11-01', '2026-10-30', '2026-10-24', '2026-11-07'],
  ])
  expect(keys('2026-10-31', 'PageDown', 'PageUp', 'Home', 'End', 'a')).toEqual([
    ...['2026-11-30', '2026-09-30', '2026-10-26', '2026-11-01', undefined],
  ])
})

test('weeks of a school that opens on Sunday begin there, and so do the keys for its ends', () => {
  expect(weeksOf('2026-11', 7).map(([first]) => first)).toEqual([
    ...['2026-11-01', '2026-11-08', '2026-11-15', '2026-11-22', '2026-11-29'],
  ])
  expect([dayByKey('Home', '2026-11-07', 7), dayByKey('End', '2026-11-01', 7)]).toEqual(['2026-11-01', '2026-11-07'])
})
