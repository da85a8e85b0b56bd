import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DayRange } from '../../../../server/calendar.ts'
import { overlap } from '../../../../server/calendar.ts'
import { fold } from '../../../../server/oneroster/members/ranges.ts'

const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-09-${String(n).padStart(2, '0')}`)
const range = fc
  .tuple(fc.option(day), fc.option(day))
  .map(([a, b]): DayRange => (a && b && b < a ? { beginDate: b, endDate: a } : { beginDate: a, endDate: b }))
const holds = ({ beginDate, endDate }: DayRange, at: string) => (beginDate ?? '') <= at && at <= (endDate ?? '9')

test('folded ranges never overlap, and hold exactly the days of those they come from', () => {
  fc.assert(
    fc.property(fc.array(range, { maxLength: 6 }), (ranges) => {
      const folded = fold(ranges)
      for (const [index, one] of folded.entries())
        for (const other of folded.slice(index + 1)) expect(overlap(one, other)).toBe(false)
      for (let n = 1; n <= 28; n++) {
        const at = `2026-09-${String(n).padStart(2, '0')}`
        expect(folded.some((one) => holds(one, at))).toBe(ranges.some((one) => holds(one, at)))
      }
      expect(folded.flatMap(({ members }) => members)).toHaveLength(ranges.length)
    }),
  )
})
