/** Dates outside their session are stored and reported. */
import type { Comparison } from '../comparison/comparison.ts'
import type { PlannedSchool } from '../comparison/schools.ts'
import type { Row } from '../read/row.ts'
import type { Report } from '../report.ts'
import type { Member } from './member.ts'

export interface Days {
  first: string
  last: string
}

export function daysOfClass(comparison: Comparison, school: PlannedSchool, classId: string): Days | undefined {
  const sessions = [...comparison.known.members.under(['classTerm', school.key, classId])]
    .filter(([[, id = '']]) => !comparison.row('classTerm', school, id)?.archivedAt)
    .flatMap(([[session = '']]) => comparison.row('academicSession', school, session) ?? [])
  const [first] = sessions.map(({ startDate }) => String(startDate)).toSorted()
  const last = sessions
    .map(({ endDate }) => String(endDate))
    .toSorted()
    .at(-1)
  return first && last ? { first, last } : undefined
}

export function warnOfDaysOutside(report: Report, member: Member, days: Days | undefined): void {
  const { row, beginDate, endDate, isGone, isKept } = member
  if (!days || isGone || isKept) return
  if (beginDate && (beginDate < days.first || beginDate > days.last))
    report.warn(row, `${beginDate} lies outside the terms of the class, ${days.first} to ${days.last}`, 'beginDate')
  if (endDate && (endDate < days.first || endDate > days.last))
    report.warn(row, `${endDate} lies outside the terms of the class, ${days.first} to ${days.last}`, 'endDate')
}

export function warnOfSessionOutside(report: Report, row: Row, above: Row): void {
  const { startDate = '', endDate = '' } = row.fields
  const { startDate: first = startDate, endDate: last = endDate } = above.fields
  if (startDate < first || endDate > last)
    report.warn(
      row,
      `has days outside the session above it, ${first} to ${last}`,
      startDate < first ? 'startDate' : 'endDate',
    )
}
