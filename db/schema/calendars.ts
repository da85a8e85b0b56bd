import { sql } from 'drizzle-orm'
import { check, index, table, uniqueIndex } from '../kit.ts'
import { dayKinds } from '../values.ts'
import { edited, owned, ownedKeys, within } from './owned.ts'

/** The days of the default calendar decide when classes meet. */
export const calendars = table(
  'calendars',
  (c) => ({
    ...owned(c),
    name: c.text(200).notNull(),
    isDefault: c.boolean().notNull().default(false),
    /** As the calendar was laid out last; each day says its own. Null where it has no cycle. */
    cycleLength: c.integer(),
    ...edited(c),
  }),
  (t) => [
    ...ownedKeys('calendars', t),
    check('calendars_cycle_length_possible', sql`${t.cycleLength} between 2 and 30`),
  ],
)

export const periods = table(
  'periods',
  (c) => ({
    ...owned(c),
    code: c.text(20).notNull(),
    name: c.text(100).notNull(),
    position: c.integer().notNull(),
    ...edited(c),
  }),
  (t) => [
    ...ownedKeys('periods', t),
    uniqueIndex('periods_code_uq').on(t.schoolId, t.code).where(sql`${t.archivedAt} is null`),
  ],
)

export const bellSchedules = table(
  'bell_schedules',
  (c) => ({ ...owned(c), name: c.text(100).notNull(), isDefault: c.boolean().notNull().default(false), ...edited(c) }),
  (t) => [
    ...ownedKeys('bell_schedules', t),
    uniqueIndex('bell_schedules_name_uq').on(t.schoolId, t.name).where(sql`${t.archivedAt} is null`),
  ],
)

export const bellTimes = table(
  'bell_times',
  (c) => ({
    ...owned(c),
    bellScheduleId: c.ref().notNull(),
    periodId: c.ref().notNull(),
    startTime: c.time().notNull(),
    endTime: c.time().notNull(),
    countsMinutes: c.boolean().notNull().default(true),
    ...edited(c),
  }),
  (t) => [
    ...ownedKeys('bell_times', t),
    within('bell_times_schedule_fk', t, t.bellScheduleId, bellSchedules),
    within('bell_times_period_fk', t, t.periodId, periods),
    uniqueIndex('bell_times_uq').on(t.schoolId, t.bellScheduleId, t.periodId).where(sql`${t.archivedAt} is null`),
    check('bell_times_order', sql`${t.startTime} < ${t.endTime}`),
    index('bell_times_period_ix').on(t.schoolId, t.periodId),
  ],
)

/** The cycle day is stored, never counted: a closure renumbers nothing that is past. */
export const calendarDays = table(
  'calendar_days',
  (c) => ({
    ...owned(c),
    calendarId: c.ref().notNull(),
    date: c.date().notNull(),
    kind: c.oneOf(dayKinds).notNull(),
    cycleDay: c.integer(),
    cycleLength: c.integer(),
    bellScheduleId: c.ref(),
    /** The part of a day that it counts in the figures of membership. */
    membership: c.decimal(4, 3).notNull(),
    note: c.text(500),
    ...edited(c),
  }),
  (t) => [
    ...ownedKeys('calendar_days', t),
    within('calendar_days_calendar_fk', t, t.calendarId, calendars),
    within('calendar_days_bell_schedule_fk', t, t.bellScheduleId, bellSchedules),
    uniqueIndex('calendar_days_uq').on(t.schoolId, t.calendarId, t.date).where(sql`${t.archivedAt} is null`),
    check('calendar_days_cycle_day_positive', sql`${t.cycleDay} >= 1`),
    check('calendar_days_cycle_length_possible', sql`${t.cycleLength} between 2 and 30`),
    check('calendar_days_membership_positive', sql`${t.membership} >= 0`),
    index('calendar_days_bell_schedule_ix').on(t.schoolId, t.bellScheduleId),
  ],
)
