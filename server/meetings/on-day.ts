/** What meets in the whole school on one day. The rows are few columns and are read as they come. */
import { eq, isNull, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { classes, meetings } from '../../db/schema/index.ts'
import { isOpenKind } from '../../db/values.ts'
import { weekdayOf } from '../calendar.ts'
import type { HeldOn, PlannedFor } from './held-on.ts'
import { heldOn } from './held-on.ts'
import type { SchoolDays, Times } from './school-days.ts'

interface Row {
  id: string
  class_id: string
  room_id: string | null
  weekday: number | null
  cycle_day: number | null
  period_id: string | null
  start_time: string
  end_time: string
  reason: string | null
  sort_name: string
}
export interface DayMeeting extends PlannedFor {
  id: string
  classId: string
  roomId: string | null
  reason: string | null
  sortName: string
}

const meetingOf = (row: Row, day: string): DayMeeting => ({
  id: row.id,
  classId: row.class_id,
  roomId: row.room_id,
  weekday: row.weekday,
  cycleDay: row.cycle_day,
  periodId: row.period_id,
  startTime: row.start_time,
  endTime: row.end_time,
  reason: row.reason,
  sortName: row.sort_name,
  validFrom: day,
  validTo: day,
})

/** A day of the cycle may be any open day where no calendar says which. */
const onDay = (of: SchoolDays, day: string) => {
  const weekday = sql`${meetings.weekday} = ${weekdayOf(day)}`
  const cycleDay = of.stored.get(day)?.cycleDay
  if (cycleDay) return sql`(${weekday} or ${meetings.cycleDay} = ${cycleDay})`
  return of.hasCycle ? weekday : sql`(${weekday} or ${meetings.cycleDay} is not null)`
}
/** The times of a period come from the day's bells, so that they are compared later. */
const during = ({ startTime, endTime }: Times) =>
  sql`and (${meetings.periodId} is not null or (${meetings.startTime} < ${endTime} and ${meetings.endTime} > ${startTime}))`

export async function meetingsOn(
  db: Reader,
  schoolId: number,
  of: SchoolDays,
  day: string,
  times?: Times,
): Promise<HeldOn<DayMeeting>[]> {
  if (!isOpenKind(of.stored.get(day)?.kind ?? 'instruction')) return []
  const date = sql.param(day, meetings.validFrom)
  const rows = await db.rows<Row>(sql`
    select ${meetings.id} as id, ${meetings.classId} as class_id,
      coalesce(${meetings.roomId}, ${classes.roomId}) as room_id, ${meetings.weekday} as weekday,
      ${meetings.cycleDay} as cycle_day, ${meetings.periodId} as period_id, ${meetings.startTime} as start_time,
      ${meetings.endTime} as end_time, ${meetings.overrideReason} as reason, ${classes.sortName} as sort_name
    from ${meetings} join ${classes} on ${eq(classes.schoolId, meetings.schoolId)} and ${eq(classes.id, meetings.classId)}
    where ${meetings.schoolId} = ${schoolId} and ${onDay(of, day)} and ${isNull(meetings.archivedAt)}
      and ${isNull(classes.archivedAt)} and ${meetings.validFrom} <= ${date}
      and (${meetings.validTo} is null or ${meetings.validTo} >= ${date}) ${times ? during(times) : sql``}`)
  const held = heldOn(
    of,
    rows.map((row) => meetingOf(row, day)),
    { from: day, to: day },
  )
  return times ? held.filter((one) => one.startTime < times.endTime && times.startTime < one.endTime) : held
}
