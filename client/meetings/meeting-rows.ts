/** The editor's rows: a time of day on some weekdays, or on a day of the cycle, as it was typed. */
import { overlap } from '../../server/meetings/input.ts'
import type { Words } from '../messages/catalog.ts'
import type { Outputs } from '../trpc.ts'
import { groupMeetings } from './group-meetings.ts'
import { readTime } from './read-time.ts'

export interface MeetingRow {
  key: number
  weekdays: number[]
  /** What was typed; null where the row is on weekdays. */
  cycleDay: string | null
  /** Empty where it has times of its own. */
  periodId: string
  start: string
  end: string
  roomId: string
}
export type Slot = Parameters<typeof overlap>[0] & { periodId: string | null; roomId: string | null }
type Listed = Outputs['meetings']['list']['meetings']

let lastKey = 0
export const emptyRow = (more: Partial<MeetingRow> = {}): MeetingRow => {
  lastKey += 1
  return { key: lastKey, weekdays: [], cycleDay: null, periodId: '', start: '', end: '', roomId: '', ...more }
}

export const rowsOn = (meetings: Listed, day: string, shown: (time: string) => string): MeetingRow[] =>
  groupMeetings(
    meetings
      .filter(({ validFrom, validTo }) => validFrom <= day && (!validTo || validTo >= day))
      // What begins or ends apart is still one row here: the days of a change are the same for all.
      .map((one) => ({ ...one, validFrom: '', validTo: null, overrideReason: null, collisions: [] })),
  ).map(({ weekdays, cycleDay, one }) =>
    emptyRow({
      weekdays,
      cycleDay: cycleDay === null ? null : String(cycleDay),
      periodId: one.periodId ?? '',
      start: shown(one.startTime),
      end: shown(one.endTime),
      roomId: one.roomId ?? '',
    }),
  )

const cycleDayOf = (text: string): number | undefined => {
  const day = Number(text)
  return /^\d{1,2}$/.test(text.trim()) && day >= 1 && day <= 30 ? day : undefined
}

export function slotsOf({ weekdays, cycleDay, periodId, start, end, roomId }: MeetingRow): Slot[] {
  const [startTime, endTime] = [readTime(start), readTime(end)]
  if (!startTime || !endTime || startTime >= endTime) return []
  const rest = { periodId: periodId || null, startTime, endTime, roomId: roomId || null }
  if (cycleDay === null) return weekdays.map((weekday) => ({ weekday, cycleDay: null, ...rest }))
  const day = cycleDayOf(cycleDay)
  return day ? [{ weekday: null, cycleDay: day, ...rest }] : []
}

export type RowField = 'days' | 'start' | 'end'
export type RowErrors = Partial<Record<RowField, string>>

/** What is wrong with a row, beside its fields; `all` are the rows it stands among. */
export function errorsOf(row: MeetingRow, all: readonly MeetingRow[], { invalid }: Words['timetable']): RowErrors {
  const errors: RowErrors = {}
  if (row.cycleDay !== null && !cycleDayOf(row.cycleDay)) errors.days = invalid.cycleDay
  if (row.cycleDay === null && !row.weekdays.length) errors.days = invalid.days
  const [start, end] = [readTime(row.start), readTime(row.end)]
  if (!start) errors.start = invalid.time
  if (!end) errors.end = invalid.time
  if (start && end && start >= end) errors.end = invalid.end
  const before = all.slice(0, all.indexOf(row))
  const own = slotsOf(row)
  const other = before.findIndex((one) => slotsOf(one).some((slot) => own.some((mine) => overlap(mine, slot))))
  if (other >= 0) errors.start = invalid.overlaps(other + 1)
  return errors
}
