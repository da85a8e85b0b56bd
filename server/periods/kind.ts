import { bellSchedules, bellTimes, periods } from '../../db/schema/index.ts'
import { keepsOneDefault } from '../calendars/one-default.ts'
import type { Kind } from '../records/declaration.ts'
import { edited, seen } from '../records/fields.ts'
import { ownName, partName } from '../records/naming.ts'

export const periodKind = {
  entity: 'period',
  table: periods,
  notFound: 'period.not_found',
  stale: 'period.stale',
  read: 'calendar.read',
  isSchoolWide: true,
  naming: ownName('period', periods),
  unique: { field: 'code', taken: 'period.code_taken' },
  fields: { ...edited, code: seen, name: seen, position: seen },
  undo: { permission: 'calendar.write' },
} as const satisfies Kind<typeof periods>

export const bellScheduleKind = {
  entity: 'bellSchedule',
  table: bellSchedules,
  notFound: 'bellSchedule.not_found',
  stale: 'bellSchedule.stale',
  read: 'calendar.read',
  isSchoolWide: true,
  naming: ownName('bellSchedule', bellSchedules),
  unique: { field: 'name', taken: 'bellSchedule.name_taken' },
  fields: { ...edited, name: seen, isDefault: seen },
  undo: { permission: 'calendar.write', after: keepsOneDefault('bellSchedule', bellSchedules) },
} as const satisfies Kind<typeof bellSchedules>

export const bellTimeKind = {
  entity: 'bellTime',
  table: bellTimes,
  notFound: 'bellSchedule.not_found',
  stale: 'bellSchedule.stale',
  read: 'calendar.read',
  isSchoolWide: true,
  naming: partName('bellSchedule', bellTimes, bellTimes.bellScheduleId, bellSchedules),
  fields: {
    ...edited,
    bellScheduleId: { sees: 'all', refers: { to: 'bellSchedule', whenArchived: 'stays' } },
    periodId: { sees: 'all', refers: { to: 'period', whenArchived: 'stays' } },
    startTime: seen,
    endTime: seen,
    countsMinutes: seen,
  },
  undo: { permission: 'calendar.write' },
} as const satisfies Kind<typeof bellTimes>
