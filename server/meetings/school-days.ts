import type { SQL } from 'drizzle-orm'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { bellSchedules, bellTimes, calendarDays, calendars } from '../../db/schema/index.ts'
import type { DayKind, JournalEntity } from '../../db/values.ts'
import type { DayRange } from '../calendar.ts'

export interface Times {
  startTime: string
  endTime: string
}
export interface StoredDay {
  date: string
  kind: DayKind
  cycleDay: number | null
  bellScheduleId: string | null
  note: string | null
}

/** A school's days and bells, from a day to a day. A day that is not stored is as in a school without a calendar. */
export interface SchoolDays {
  stored: ReadonlyMap<string, StoredDay>
  /** Without a cycle, nobody knows the date of a cycle day: it may be any. */
  hasCycle: boolean
  /** The bell schedule of days that name none. */
  usual: string | null
  bells: ReadonlyMap<string, ReadonlyMap<string, Times>>
}

/** Changes of these kinds change the days of a school. */
export const dayEntities = [
  'calendar',
  'calendarDay',
  'bellSchedule',
  'bellTime',
] as const satisfies readonly JournalEntity[]

export const noDays: SchoolDays = { stored: new Map(), hasCycle: false, usual: null, bells: new Map() }

interface Row {
  what: 'day' | 'time' | 'cycle'
  date: string | null
  word: DayKind | null
  count: number | null
  bell_id: string | null
  period_id: string | null
  start_time: string | null
  end_time: string | null
  note: string | null
}

const inDefault = (schoolId: number): SQL => sql`${calendars.schoolId} = ${schoolId} and ${calendars.isDefault}
  and ${isNull(calendars.archivedAt)}`

/** Both databases give a column of several selects the type that it has in the first. */
const daysSql = (schoolId: number, { beginDate, endDate }: DayRange): SQL => sql`
  select 'day' as what, cast(${calendarDays.date} as text) as date, ${calendarDays.kind} as word,
    ${calendarDays.cycleDay} as count, cast(${calendarDays.bellScheduleId} as text) as bell_id,
    cast(null as text) as period_id, cast(null as text) as start_time, cast(null as text) as end_time,
    ${calendarDays.note} as note
  from ${calendars} cross join ${calendarDays}
  where ${eq(calendarDays.schoolId, schoolId)} and ${eq(calendarDays.calendarId, calendars.id)}
    and ${inDefault(schoolId)} and ${isNull(calendarDays.archivedAt)}
    ${beginDate ? sql`and ${calendarDays.date} >= ${sql.param(beginDate, calendarDays.date)}` : sql``}
    ${endDate ? sql`and ${calendarDays.date} <= ${sql.param(endDate, calendarDays.date)}` : sql``}
  union all select 'time', null, null, case when ${bellSchedules.isDefault} then 1 else 0 end,
    cast(${bellSchedules.id} as text), cast(${bellTimes.periodId} as text), ${bellTimes.startTime}, ${bellTimes.endTime}, null
  from ${bellSchedules} left join ${bellTimes} on ${and(
    eq(bellTimes.schoolId, bellSchedules.schoolId),
    eq(bellTimes.bellScheduleId, bellSchedules.id),
    isNull(bellTimes.archivedAt),
  )}
  where ${bellSchedules.schoolId} = ${schoolId} and ${isNull(bellSchedules.archivedAt)}
  union all select 'cycle', null, null, ${calendars.cycleLength}, null, null, null, null, null
  from ${calendars} where ${inDefault(schoolId)} and ${calendars.cycleLength} is not null
  order by 1, 2`

export async function readSchoolDays(db: Reader, schoolId: number, range: DayRange): Promise<SchoolDays> {
  const rows = await db.rows<Row>(daysSql(schoolId, range))
  if (!rows.length) return noDays
  const stored = new Map<string, StoredDay>()
  const bells = new Map<string, Map<string, Times>>()
  let [hasCycle, usual]: [boolean, string | null] = [false, null]
  for (const row of rows) {
    const { date, word: kind, bell_id: bellId } = row
    if (row.what === 'cycle') hasCycle = true
    else if (date && kind) stored.set(date, { date, kind, cycleDay: row.count, bellScheduleId: bellId, note: row.note })
    else if (bellId) {
      if (row.count === 1) usual = bellId
      const times = bells.get(bellId) ?? new Map<string, Times>()
      bells.set(bellId, times)
      const { period_id: periodId, start_time: startTime, end_time: endTime } = row
      if (periodId && startTime && endTime) times.set(periodId, { startTime, endTime })
    }
  }
  return { stored, hasCycle, usual, bells }
}
