import { expect, test } from 'vitest'
import { ageOn } from '../../../client/students/age.ts'

test('a student is a year older on her birthday, and on 1 March where 29 February is missing', () => {
  expect(ageOn('2012-07-24', '2026-07-23')).toBe(13)
  expect(ageOn('2012-07-24', '2026-07-24')).toBe(14)
  expect(ageOn('2012-02-29', '2027-02-28')).toBe(14)
  expect(ageOn('2012-02-29', '2027-03-01')).toBe(15)
  expect(ageOn('2012-02-29', '2028-02-29')).toBe(16)
  expect(ageOn('2026-12-31', '2027-01-01')).toBe(0)
})
