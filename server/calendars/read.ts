import { and, asc, desc, eq, gte, isNull, lte } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { inUse } from '../../db/rows.ts'
import { academicSessions, bellSchedules, calendarDays, calendars } from '../../db/schema/index.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { rowsWhere } from '../records/kind.ts'
import type { CalendarDaysInput } from './input.ts'
import { calendarKind } from './kind.ts'

/** The calendar that decides when classes meet; none before the first day is stored. */
export async function usualCalendar(db: Reader, schoolId: number) {
  const [found] = await rowsWhere(
    db,
    calendarKind,
    schoolId,
    and(eq(calendars.isDefault, true), isNull(calendars.archivedAt)),
  )
  return found
}

/** Null where no school year has the day. */
export async function schoolYearOf(db: Reader, schoolId: number, day: string) {
  const [found] = await db
    .select({ from: academicSessions.startDate, to: academicSessions.endDate })
    .from(academicSessions)
    .where(
      inUse(
        academicSessions,
        schoolId,
        eq(academicSessions.type, 'schoolYear'),
        lte(academicSessions.startDate, day),
        gte(academicSessions.endDate, day),
      ),
    )
    .orderBy(desc(academicSessions.startDate))
    .limit(1)
  return found ?? null
}

const daysOf = (db: Reader, schoolId: number, calendarId: string, { from, to }: CalendarDaysInput) =>
  db
    .select({
      id: calendarDays.id,
      date: calendarDays.date,
      kind: calendarDays.kind,
      cycleDay: calendarDays.cycleDay,
      bellScheduleId: calendarDays.bellScheduleId,
      note: calendarDays.note,
      version: calendarDays.version,
    })
    .from(calendarDays)
    .where(
      inUse(
        calendarDays,
        schoolId,
        eq(calendarDays.calendarId, calendarId),
        gte(calendarDays.date, from),
        lte(calendarDays.date, to),
      ),
    )
    .orderBy(asc(calendarDays.date))

export async function readCalendarDays(db: Reader, ctx: Omit<Context, 'db'>, input: CalendarDaysInput) {
  const { school } = ctx
  const calendar = await usualCalendar(db, school.id)
  const [days, schedules] = await Promise.all([
    calendar ? daysOf(db, school.id, calendar.id, input) : [],
    db
      .select({ id: bellSchedules.id, name: bellSchedules.name, isDefault: bellSchedules.isDefault })
      .from(bellSchedules)
      .where(inUse(bellSchedules, school.id))
      .orderBy(asc(bellSchedules.name)),
  ])
  const known = calendar && { id: calendar.id, name: calendar.name, cycleLength: calendar.cycleLength }
  return { today: today(ctx), calendar: known ?? null, days, schedules }
}
