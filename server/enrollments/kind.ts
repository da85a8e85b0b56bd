import type { enrollments } from '../../db/schema/index.ts'
import type { Kind } from '../records/declaration.ts'
import { emptied, exchanged } from '../records/fields.ts'
import { studentInClass } from '../records/naming.ts'
import { whenClassArchived, whenStudentArchived } from './archived.ts'
import { enrollmentCore } from './core.ts'
import { mergeEnrollments } from './merge.ts'
import { promoteWaitingIn } from './seats.ts'
import { requireFreeDays, requireSeats } from './undo.ts'

const kept = { sees: 'all', erased: 'kept' } as const

/** An erased student leaves a nameless row, so that a class's counts and history stay true. */
export const enrollmentKind = {
  ...enrollmentCore,
  read: 'class.read',
  naming: studentInClass,
  fields: {
    ...exchanged,
    studentId: {
      ...kept,
      refers: {
        to: 'student',
        owns: true,
        whenArchived: whenStudentArchived,
        whenErased: 'blanked',
        whenMerged: mergeEnrollments,
      },
    },
    classId: { ...kept, refers: { to: 'class', owns: true, whenArchived: whenClassArchived } },
    beginDate: kept,
    endDate: kept,
    status: kept,
    grade: kept,
    waitlistPosition: kept,
    withdrawalReason: { sees: 'enrollment.write', erased: 'kept' },
    note: { sees: 'enrollment.write', erased: emptied },
  },
  undo: { permission: 'enrollment.write', before: requireFreeDays, after: requireSeats },
  settle: (tx, ctx, rows) => promoteWaitingIn(tx, ctx, new Set(rows.map(({ classId }) => classId))),
} as const satisfies Kind<typeof enrollments, 'erased'>
