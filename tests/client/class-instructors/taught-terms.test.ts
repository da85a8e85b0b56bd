import { expect, test } from 'vitest'
import { taughtTerms } from '../../../client/class-instructors/taught-terms.ts'

const term = (title: string, startDate: string, endDate: string) => ({ id: title, title, startDate, endDate })
const terms = [term('Fall', '2026-09-01', '2026-12-18'), term('Spring', '2027-01-05', '2027-04-01')]
const taught = (beginDate: string | null, endDate: string | null) =>
  taughtTerms({ terms }, { beginDate, endDate } as Parameters<typeof taughtTerms>[1])

test('two primary instructors of one class are told apart by the terms that each teaches it in', () => {
  expect(taught(null, '2026-12-18')).toEqual(['Fall'])
  expect(taught('2027-01-05', null)).toEqual(['Spring'])
  expect(taught('2026-12-18', '2026-12-18')).toEqual(['Fall'])
  expect(taught('2026-12-19', '2027-01-04')).toEqual([])
})

test('who teaches it in all its terms, or from one to the next, needs none', () => {
  expect(taught(null, null)).toEqual([])
  expect(taught('2026-10-01', '2027-02-01')).toEqual([])
})
