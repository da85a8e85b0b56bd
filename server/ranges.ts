import { dayAfter } from './context.ts'

/** Ranges of days, both ends included. No begin is "since ever", no end is "until further notice". */
export interface Range {
  beginDate: string | null
  endDate: string | null
}

export const overlap = (a: Range, b: Range): boolean =>
  (a.endDate === null || b.beginDate === null || b.beginDate <= a.endDate) &&
  (b.endDate === null || a.beginDate === null || a.beginDate <= b.endDate)

export const covers = (range: Range, day: string): boolean => overlap(range, { beginDate: day, endDate: day })

/** The first day from `day` on that none of the ranges covers; one without an end doesn't count. */
export const firstFreeDay = (ranges: readonly Range[], day: string): string =>
  ranges
    .toSorted((a, b) => ((a.beginDate ?? '') < (b.beginDate ?? '') ? -1 : 1))
    .reduce((from, range) => (range.endDate !== null && covers(range, from) ? dayAfter(range.endDate) : from), day)
