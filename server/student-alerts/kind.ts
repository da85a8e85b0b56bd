import { studentAlerts } from '../../db/schema/index.ts'
import type { Kind } from '../records/declaration.ts'
import { edited, seen } from '../records/fields.ts'
import { studentsName } from '../records/naming.ts'
import { mergeAlerts } from './merge.ts'

export const studentAlertKind = {
  entity: 'studentAlert',
  table: studentAlerts,
  notFound: 'studentAlert.not_found',
  stale: 'studentAlert.stale',
  read: 'student.readAlerts',
  naming: studentsName(studentAlerts),
  fields: {
    ...edited,
    studentId: {
      sees: 'all',
      refers: { to: 'student', owns: true, whenArchived: 'stays', whenErased: 'deleted', whenMerged: mergeAlerts },
    },
    kind: seen,
    text: seen,
  },
  undo: { permission: 'student.write' },
} as const satisfies Kind<typeof studentAlerts>
