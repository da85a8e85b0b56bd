/** Home and the list of classes ask for the whole school, so the rows are few columns and are read as they come. */
import type { SQL } from 'drizzle-orm'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { classes, classInstructors, instructors, meetings } from '../../db/schema/index.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { kept } from '../journal/kept.ts'
import { bothHeld } from './held-on.ts'
import type { Places } from './places.ts'
import { byPlace, others } from './places.ts'
import type { SchoolDays } from './school-days.ts'
import { dayEntities, readSchoolDays } from './school-days.ts'

interface Row {
  of: string
  class_id: string
  weekday: number | null
  cycle_day: number | null
  period_id: string | null
  start_time: string
  end_time: string
  valid_from: string
  valid_to: string | null
  begin_date: string | null
  end_date: string | null
}

/** Nobody has given a reason for these meetings. */
const heldFrom = (schoolId: number, day: string): SQL => sql`${meetings.schoolId} = ${schoolId}
  and ${isNull(meetings.archivedAt)} and ${isNull(meetings.overrideReason)} and ${isNull(classes.archivedAt)}
  and (${meetings.validTo} is null or ${meetings.validTo} >= ${day})`
const columns = sql`${meetings.classId} as class_id, ${meetings.weekday} as weekday, ${meetings.cycleDay} as cycle_day, ${meetings.periodId} as period_id,
  ${meetings.startTime} as start_time, ${meetings.endTime} as end_time,
  ${meetings.validFrom} as valid_from, ${meetings.validTo} as valid_to`
const ofClass = sql`${classes} on ${and(eq(classes.schoolId, meetings.schoolId), eq(classes.id, meetings.classId))}`

const inRooms = (schoolId: number, day: string): SQL => sql`
  select coalesce(${meetings.roomId}, ${classes.roomId}) as of, ${columns}, null as begin_date, null as end_date
  from ${meetings} join ${ofClass}
  where ${heldFrom(schoolId, day)} and coalesce(${meetings.roomId}, ${classes.roomId}) is not null`

const byInstructors = (schoolId: number, day: string): SQL => sql`
  select ${instructors.id} as of, ${columns},
    ${classInstructors.beginDate} as begin_date, ${classInstructors.endDate} as end_date
  from ${meetings} join ${ofClass}
  join ${classInstructors} on ${classInstructors.schoolId} = ${meetings.schoolId}
    and ${classInstructors.classId} = ${meetings.classId} and ${isNull(classInstructors.archivedAt)}
    and (${classInstructors.endDate} is null or ${classInstructors.endDate} >= ${day})
  join ${instructors} on ${instructors.schoolId} = ${classInstructors.schoolId}
    and ${instructors.id} = ${classInstructors.instructorId} and ${isNull(instructors.archivedAt)}
  where ${heldFrom(schoolId, day)}`

const booking = (row: Row, day: string) => {
  const begin = row.begin_date && row.begin_date > row.valid_from ? row.begin_date : row.valid_from
  const { valid_to: validTo, end_date: end } = row
  const endDate = validTo && end ? (validTo < end ? validTo : end) : (validTo ?? end)
  return {
    of: row.of,
    classId: row.class_id,
    weekday: row.weekday,
    cycleDay: row.cycle_day,
    periodId: row.period_id,
    startTime: row.start_time,
    endTime: row.end_time,
    days: { beginDate: begin > day ? begin : day, endDate },
  }
}

type Booked = ReturnType<typeof booking>
function isColliding(of: SchoolDays, places: Places<Booked>, own: Booked): boolean {
  for (const other of others(places, own)) if (bothHeld(of, own, other)) return true
  return false
}

export async function collidingClasses(db: Reader, ctx: Pick<Context, 'school' | 'now'>): Promise<string[]> {
  const day = today(ctx)
  const of = await readSchoolDays(db, ctx.school.id, { beginDate: day, endDate: null })
  const found = new Set<string>()
  for (const query of [inRooms(ctx.school.id, day), byInstructors(ctx.school.id, day)]) {
    const places = byPlace(
      of,
      (await db.rows<Row>(query)).map((row) => booking(row, day)),
    )
    for (const { all } of places.byKey.values())
      for (const { booking: own } of all)
        if (!found.has(own.classId) && isColliding(of, places, own)) found.add(own.classId)
  }
  return [...found]
}

/** They are counted out again only when one of these kinds has changed, or the day. */
export const knownCollidingClasses = kept(
  ['meeting', 'class', 'classInstructor', 'instructor', ...dayEntities],
  (ctx) => collidingClasses(ctx.db, ctx),
)
