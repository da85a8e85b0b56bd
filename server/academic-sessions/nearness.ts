import type { academicSessionTypes } from '../../db/values.ts'

type SessionType = (typeof academicSessionTypes)[number]
/** People say "this term" of the first kind that the school has: one without terms has semesters, or only a year. */
const nearest: readonly SessionType[] = ['term', 'semester', 'gradingPeriod', 'schoolYear']

interface Running {
  id: string
  type: SessionType
  endDate: string
}
export const byNearness = (a: Running, b: Running): number =>
  nearest.indexOf(a.type) - nearest.indexOf(b.type) ||
  (a.endDate === b.endDate ? (a.id < b.id ? -1 : 1) : a.endDate < b.endDate ? -1 : 1)
