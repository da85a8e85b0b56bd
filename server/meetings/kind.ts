import { meetings } from '../../db/schema/index.ts'
import type { Kind } from '../records/declaration.ts'
import { edited, seen } from '../records/fields.ts'
import { classesName } from '../records/naming.ts'
import { whenClassArchived, whenPeriodArchived, whenRoomArchived } from './archived.ts'
import { requireTimetable } from './undo.ts'

export const meetingKind = {
  entity: 'meeting',
  table: meetings,
  notFound: 'meeting.not_found',
  stale: 'meeting.stale',
  read: 'class.read',
  isOnTimetable: true,
  naming: classesName(meetings),
  fields: {
    ...edited,
    classId: { sees: 'all', refers: { to: 'class', owns: true, whenArchived: whenClassArchived } },
    weekday: seen,
    cycleDay: seen,
    periodId: { sees: 'all', refers: { to: 'period', whenArchived: whenPeriodArchived } },
    startTime: seen,
    endTime: seen,
    roomId: { sees: 'all', refers: { to: 'room', whenArchived: whenRoomArchived } },
    validFrom: seen,
    validTo: seen,
    overrideReason: seen,
  },
  undo: { permission: 'meeting.write', after: requireTimetable },
} as const satisfies Kind<typeof meetings>
