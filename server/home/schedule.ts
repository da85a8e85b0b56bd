import type { SQL } from 'drizzle-orm'
import { and, asc, eq, gte, isNull, lte, or, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import { inUse, refersTo } from '../../db/rows.ts'
import { classes, classInstructors, meetings, rooms } from '../../db/schema/index.ts'
import type { Terms } from '../academic-sessions/open.ts'
import { addDays, today, weekdayOf } from '../calendar.ts'
import { isAssigned } from '../classes/conditions/read.ts'
import type { Context } from '../context.ts'
import { takenSeats } from '../enrollments/seats.ts'
import type { SchoolChanges } from '../journal/kept.ts'
import { kept } from '../journal/kept.ts'
import { heldOn, openDays } from '../meetings/held-on.ts'
import type { SchoolDays } from '../meetings/school-days.ts'
import { dayEntities, readSchoolDays } from '../meetings/school-days.ts'
import { runsOnDay } from '../runs-in-term.ts'
import type { Scope } from '../scope.ts'
import { scopeOf, scopeValues } from '../scope.ts'

const p = sql.placeholder

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
/** On days of the cycle, the meetings of that cycle day too. */
type Shape = `${Scope} ${'week' | 'cycle'}`
const scopeIn = (shape: Shape): Scope => (shape.startsWith('own') ? 'own' : 'all')
const mayMeetOnDay = (db: Reader, shape: Shape) =>
  inUse(
    meetings,
    p('schoolId'),
    shape.endsWith('cycle')
      ? or(eq(meetings.weekday, p('weekday')), eq(meetings.cycleDay, p('cycleDay')))
      : eq(meetings.weekday, p('weekday')),
    lte(meetings.validFrom, p('day')),
    or(isNull(meetings.validTo), gte(meetings.validTo, p('day'))),
    isNull(classes.archivedAt),
    runsOnDay(db),
    scopeIn(shape) === 'own' ? teachesOnDay(db) : undefined,
  )
const planned = {
  weekday: meetings.weekday,
  cycleDay: meetings.cycleDay,
  periodId: meetings.periodId,
  startTime: meetings.startTime,
  endTime: meetings.endTime,
}

const cycleDayOn = (of: SchoolDays, day: string) => of.stored.get(day)?.cycleDay ?? null
const shapeOn = (of: SchoolDays, scope: Scope, day: string): Shape =>
  `${scope} ${cycleDayOn(of, day) === null ? 'week' : 'cycle'}`
function valuesOn({ school, actor }: Context, of: SchoolDays, day: string) {
  const cycleDay = cycleDayOn(of, day)
  const values = { ...scopeValues(actor), schoolId: school.id, day, weekday: weekdayOf(day) }
  return cycleDay === null ? values : { ...values, cycleDay }
}

/** So far home looks for the next day on which classes meet: over the longest holidays but summer's. */
const lookedAhead = 35
export const readDaysAhead = kept(dayEntities, (ctx) =>
  readSchoolDays(ctx.db, ctx.school.id, { beginDate: today(ctx), endDate: null }),
)

/** `rows` are planned for the day; those that are held on it come with the times of the day. */
function heldThen<R extends Omit<Parameters<typeof heldOn>[1][number], 'validFrom' | 'validTo'>>(
  of: SchoolDays,
  rows: readonly R[],
  day: string,
): R[] {
  const valid = rows.map((row) => ({ ...row, validFrom: day, validTo: day }))
  return heldOn(of, valid, { from: day, to: day }).map(({ meeting, startTime, endTime }) => ({
    ...meeting,
    startTime,
    endTime,
  }))
}

/** People do not read more hours than these. */
const hoursShown = 60
const hoursOf = prepared((db, shape: Shape) =>
  db
    .select({ ...planned, count: sql<number>`count(*)`.mapWith(Number) })
    .from(meetings)
    .innerJoin(classes, classOfMeeting)
    .where(mayMeetOnDay(db, shape))
    .groupBy(meetings.startTime, meetings.endTime, meetings.periodId, meetings.weekday, meetings.cycleDay)
    .orderBy(asc(meetings.startTime), asc(meetings.endTime)),
)
async function hoursOn(ctx: Context, since: Promise<SchoolChanges>) {
  const [day, of] = [today(ctx), await readDaysAhead(ctx, since)]
  const rows = await hoursOf(ctx.db, shapeOn(of, 'all', day), valuesOn(ctx, of, day))
  const hours = new Map<string, { startTime: string; endTime: string; count: number }>()
  for (const { startTime, endTime, count } of heldThen(of, rows, day)) {
    const key = `${startTime} ${endTime}`
    hours.set(key, { startTime, endTime, count: count + (hours.get(key)?.count ?? 0) })
  }
  return [...hours]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, hour]) => hour)
    .slice(0, hoursShown)
}
export const readHours = kept(['meeting', 'class', 'classTerm', 'academicSession', ...dayEntities], hoursOn)

const roomOfMeeting = and(
  eq(rooms.schoolId, meetings.schoolId),
  eq(rooms.id, sql`coalesce(${meetings.roomId}, ${classes.roomId})`),
)
const ownMeetings = prepared((db, shape: Shape) =>
  db
    .select({
      ...planned,
      id: meetings.id,
      classId: classes.id,
      title: classes.title,
      code: classes.code,
      roomName: rooms.name,
      students: takenSeats(db, classes.schoolId, classes.id),
    })
    .from(meetings)
    .innerJoin(classes, classOfMeeting)
    .leftJoin(rooms, roomOfMeeting)
    .where(mayMeetOnDay(db, shape))
    .orderBy(asc(meetings.startTime), asc(classes.sortName), asc(meetings.id)),
)
export async function readOwnMeetings(ctx: Context, since: Promise<SchoolChanges>) {
  const [day, of] = [today(ctx), await readDaysAhead(ctx, since)]
  const rows = await ownMeetings(ctx.db, shapeOn(of, 'own', day), { ...valuesOn(ctx, of, day), today: day })
  return heldThen(of, rows, day)
    .toSorted((a, b) => (a.startTime < b.startTime ? -1 : a.startTime > b.startTime ? 1 : 0))
    .map(({ weekday: _, cycleDay: __, periodId: ___, ...row }) => row)
}

const plannedOnDay = prepared((db, shape: Shape) =>
  db
    .selectDistinct(planned)
    .from(meetings)
    .innerJoin(classes, classOfMeeting)
    .where(mayMeetOnDay(db, shape))
    .limit(hoursShown),
)
/** Looks at the next seven days on which the school is open, and as many of the next term; days between terms do not count. */
export async function nextMeetingDay(
  ctx: Context,
  { open, next }: Terms,
  since: Promise<SchoolChanges>,
): Promise<string | null> {
  const of = await readDaysAhead(ctx, since)
  const week = (first: string) => openDays(of, first, 7, lookedAhead)
  const days = new Set([...week(addDays(today(ctx), 1)), ...(next ? week(next.startDate) : [])])
  for (const day of [...days].toSorted()) {
    const isInTerm = open.some(({ startDate, endDate }) => startDate <= day && day <= endDate)
    if (open.length && !isInTerm) continue
    const found = await plannedOnDay(ctx.db, shapeOn(of, scopeOf(ctx.actor), day), valuesOn(ctx, of, day))
    if (heldThen(of, found, day).length) return day
  }
  return null
}
