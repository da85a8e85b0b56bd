import { expect, test } from 'vitest'
import { durationBounds } from '../../../db/values.ts'
import { quantile } from '../../../server/calls/quantile.ts'

const counts = (given: Record<number, number>) =>
  Array.from({ length: durationBounds.length + 1 }, (_, index) => given[durationBounds[index] ?? Infinity] ?? 0)

test.each([
  ['nothing', {}, 0.5, null],
  ['calls of 1 to 2 ms', { 2: 10 }, 0.5, 1.5],
  ['all of them', { 2: 10 }, 1, 2],
  ['one in twenty slow', { 1: 95, 500: 5 }, 0.95, 1],
  ['two in twenty slow', { 1: 90, 500: 10 }, 0.95, 350],
  ['some beyond the last bound', { 1: 1, [Infinity]: 9 }, 0.95, 5000],
])('half or most of %s took at most so long', (_what, given, share, expected) => {
  expect(quantile(counts(given), share)).toBe(expected)
})
