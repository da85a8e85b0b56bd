import { sql } from 'drizzle-orm'
import { check, index, table } from '../kit.ts'
import { periods } from './calendars.ts'
import { classes } from './classes.ts'
import { edited, owned, ownedKeys, within } from './owned.ts'
import { rooms } from './rooms.ts'

/** A weekday is 1 (Monday) to 7 (ISO 8601); a cycle day is one of the school's cycle. */
export const meetings = table(
  'meetings',
  (c) => ({
    ...owned(c),
    classId: c.ref().notNull(),
    weekday: c.integer(),
    cycleDay: c.integer(),
    /** The times of a period come from the day's bell schedule; its own are then those of the usual one. */
    periodId: c.ref(),
    startTime: c.time().notNull(),
    endTime: c.time().notNull(),
    roomId: c.ref(),
    validFrom: c.date().notNull(),
    validTo: c.date(),
    overrideReason: c.text(500),
    ...edited(c),
  }),
  (t) => [
    ...ownedKeys('meetings', t),
    within('meetings_class_fk', t, t.classId, classes),
    within('meetings_room_fk', t, t.roomId, rooms),
    within('meetings_period_fk', t, t.periodId, periods),
    check('meetings_one_day', sql`(${t.weekday} is null) <> (${t.cycleDay} is null)`),
    check('meetings_weekday_known', sql`${t.weekday} between 1 and 7`),
    check('meetings_cycle_day_positive', sql`${t.cycleDay} >= 1`),
    check('meetings_times_order', sql`${t.startTime} < ${t.endTime}`),
    check('meetings_dates_order', sql`${t.validFrom} <= ${t.validTo}`),
    index('meetings_class_ix').on(t.schoolId, t.classId),
    index('meetings_weekday_ix').on(t.schoolId, t.weekday, t.startTime),
    index('meetings_cycle_day_ix').on(t.schoolId, t.cycleDay),
    index('meetings_period_ix').on(t.schoolId, t.periodId),
    index('meetings_room_ix').on(t.schoolId, t.roomId),
  ],
)
