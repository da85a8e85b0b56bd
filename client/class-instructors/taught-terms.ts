import type { SchoolClass } from '../classes/class-kind.ts'
import type { Assignment } from './use-teaching.ts'

/** The class's terms in which somebody teaches it, where that is not all of them: two who are primary differ by these. */
export function taughtTerms({ terms }: Pick<SchoolClass, 'terms'>, { beginDate, endDate }: Assignment): string[] {
  const taught = terms.filter(
    (term) => (!beginDate || beginDate <= term.endDate) && (!endDate || endDate >= term.startDate),
  )
  return taught.length < terms.length ? taught.map(({ title }) => title) : []
}
