import { calendarDays, calendars } from '../../db/schema/index.ts'
import type { Kind } from '../records/declaration.ts'
import { edited, seen } from '../records/fields.ts'
import { cleared } from '../records/in-use.ts'
import { dayName, ownName } from '../records/naming.ts'
import { keepsOneDefault } from './one-default.ts'

export const calendarKind = {
  entity: 'calendar',
  table: calendars,
  notFound: 'calendar.not_found',
  stale: 'calendar.stale',
  read: 'calendar.read',
  isSchoolWide: true,
  naming: ownName('calendar', calendars),
  fields: { ...edited, name: seen, isDefault: seen, cycleLength: seen },
  undo: { permission: 'calendar.write', after: keepsOneDefault('calendar', calendars) },
} as const satisfies Kind<typeof calendars>

export const calendarDayKind = {
  entity: 'calendarDay',
  table: calendarDays,
  notFound: 'calendar.not_found',
  stale: 'calendarDay.stale',
  read: 'calendar.read',
  isSchoolWide: true,
  naming: dayName(calendarDays),
  fields: {
    ...edited,
    calendarId: { sees: 'all', refers: { to: 'calendar', whenArchived: 'stays' } },
    date: seen,
    kind: seen,
    cycleDay: seen,
    cycleLength: seen,
    bellScheduleId: {
      sees: 'all',
      refers: { to: 'bellSchedule', whenArchived: cleared('bellScheduleId', calendarDays.note) },
    },
    membership: seen,
    note: seen,
  },
  undo: { permission: 'calendar.write' },
} as const satisfies Kind<typeof calendarDays>
