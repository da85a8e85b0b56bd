import type { SQL } from 'drizzle-orm'
import { and, asc, eq, gte, isNull, lte, or, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import { inUse, refersTo } from '../../db/rows.ts'
import { academicSessions, classes, classInstructors, meetings, rooms } from '../../db/schema/index.ts'
import type { Terms } from '../academic-sessions/open.ts'
import { addDays, today, weekdayOf } from '../calendar.ts'
import { isAssigned, runsInTerm } from '../classes/conditions/read.ts'
import type { Context } from '../context.ts'
import { takenSeats } from '../enrollments/seats.ts'
import { kept } from '../journal/kept.ts'
import type { Scope } from '../scope.ts'
import { scopeOf, scopeValues } from '../scope.ts'

const p = sql.placeholder

const runsOnDay = (db: Reader): SQL =>
  runsInTerm(db, sql`(${academicSessions.startDate} <= ${p('day')} and ${academicSessions.endDate} >= ${p('day')})`)

const teachesOnDay = (db: Reader): SQL =>
  isAssigned(
    db,
    and(
      eq(classInstructors.instructorId, p('instructorId')),
      or(isNull(classInstructors.beginDate), lte(classInstructors.beginDate, p('day'))),
      or(isNull(classInstructors.endDate), gte(classInstructors.endDate, p('day'))),
    ),
  )

const classOfMeeting = refersTo(meetings.classId, classes)
const meetsOnDay = (db: Reader, scope: Scope) =>
  inUse(
    meetings,
    p('schoolId'),
    eq(meetings.weekday, p('weekday')),
    lte(meetings.validFrom, p('day')),
    or(isNull(meetings.validTo), gte(meetings.validTo, p('day'))),
    isNull(classes.archivedAt),
    runsOnDay(db),
    scope === 'own' ? teachesOnDay(db) : undefined,
  )
const valuesOn = ({ school, actor }: Context, day: string) => ({
  ...scopeValues(actor),
  schoolId: school.id,
  day,
  weekday: weekdayOf(day),
})

/** People do not read more hours than these. */
const hoursShown = 60
const hoursOf = prepared((db, _shape: 'all') =>
  db
    .select({
      startTime: meetings.startTime,
      endTime: meetings.endTime,
      count: sql<number>`count(*)`.mapWith(Number),
    })
    .from(meetings)
    .innerJoin(classes, classOfMeeting)
    .where(meetsOnDay(db, 'all'))
    .groupBy(meetings.startTime, meetings.endTime)
    .orderBy(asc(meetings.startTime), asc(meetings.endTime))
    .limit(hoursShown),
)
export const readHours = kept(['meeting', 'class', 'classTerm', 'academicSession'], (ctx) =>
  hoursOf(ctx.db, 'all', valuesOn(ctx, today(ctx))),
)

const roomOfMeeting = and(
  eq(rooms.schoolId, meetings.schoolId),
  eq(rooms.id, sql`coalesce(${meetings.roomId}, ${classes.roomId})`),
)
const ownMeetings = prepared((db, _shape: 'own') =>
  db
    .select({
      id: meetings.id,
      classId: classes.id,
      title: classes.title,
      code: classes.code,
      startTime: meetings.startTime,
      endTime: meetings.endTime,
      roomName: rooms.name,
      students: takenSeats(db, classes.schoolId, classes.id),
    })
    .from(meetings)
    .innerJoin(classes, classOfMeeting)
    .leftJoin(rooms, roomOfMeeting)
    .where(meetsOnDay(db, 'own'))
    .orderBy(asc(meetings.startTime), asc(classes.sortName), asc(meetings.id)),
)
export const readOwnMeetings = (ctx: Context) =>
  ownMeetings(ctx.db, 'own', { ...valuesOn(ctx, today(ctx)), today: today(ctx) })

const anyOnDay = prepared((db, scope: Scope) =>
  db
    .select({ id: meetings.id })
    .from(meetings)
    .innerJoin(classes, classOfMeeting)
    .where(meetsOnDay(db, scope))
    .limit(1),
)
/** Looks a week ahead and at the first week of the next term; days between terms do not count where there are terms. */
export async function nextMeetingDay(ctx: Context, { open, next }: Terms): Promise<string | null> {
  const week = (first: string) => Array.from({ length: 7 }, (_, index) => addDays(first, index))
  const days = new Set([...week(addDays(today(ctx), 1)), ...(next ? week(next.startDate) : [])])
  for (const day of [...days].toSorted()) {
    const isInTerm = open.some(({ startDate, endDate }) => startDate <= day && day <= endDate)
    if (open.length && !isInTerm) continue
    const [found] = await anyOnDay(ctx.db, scopeOf(ctx.actor), valuesOn(ctx, day))
    if (found) return day
  }
  return null
}
