import type { DayRange } from '../../calendar.ts'
import { overlap } from '../../calendar.ts'

const earlier = (a: DayRange, b: DayRange) =>
  (a.beginDate ?? '') < (b.beginDate ?? '') ? -1 : a.beginDate === b.beginDate ? 0 : 1

export interface Folded<T> extends DayRange {
  members: T[]
}

/** Ranges that overlap become one. The result is in order. */
export function fold<T extends DayRange>(ranges: readonly T[]): Folded<T>[] {
  const folded: Folded<T>[] = []
  for (const range of ranges.toSorted(earlier)) {
    const last = folded.at(-1)
    if (!last || !overlap(last, range)) {
      folded.push({ beginDate: range.beginDate, endDate: range.endDate, members: [range] })
      continue
    }
    last.members.push(range)
    if (last.endDate !== null && (range.endDate === null || range.endDate > last.endDate)) last.endDate = range.endDate
  }
  return folded
}
