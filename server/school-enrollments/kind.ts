import { schoolEnrollments } from '../../db/schema/index.ts'
import type { Kind } from '../records/declaration.ts'
import { emptied, exchanged } from '../records/fields.ts'
import { studentsName } from '../records/naming.ts'
import { studentKind } from '../students/kind.ts'
import { schoolEnrollmentCore } from './core.ts'
import { mirror, requireFreeAgain } from './days.ts'
import { followStudents } from './follow.ts'
import { mergeSchoolEnrollments } from './merge.ts'

export { mirrorBefore } from './days.ts'
export { enterStudents } from './enter.ts'

const kept = { sees: 'all', erased: 'kept' } as const

/** An erased student leaves nameless days, so that what the school counts stays true. */
export const schoolEnrollmentKind = {
  ...schoolEnrollmentCore,
  read: 'student.read',
  naming: studentsName(schoolEnrollments),
  fields: {
    ...exchanged,
    studentId: {
      ...kept,
      refers: {
        to: 'student',
        owns: true,
        whenArchived: 'stays',
        whenErased: 'blanked',
        whenMerged: mergeSchoolEnrollments,
      },
    },
    gradeLevel: kept,
    beginDate: kept,
    endDate: kept,
    entryType: kept,
    exitType: { sees: 'student.readPrivate', erased: 'kept' },
    destination: { sees: 'student.readPrivate', erased: emptied },
    fte: kept,
  },
  undo: {
    permission: 'student.write',
    before: requireFreeAgain,
    /** An older status or grade may come back with her other fields. */
    after: ({ tx, ctx, pairs }) =>
      mirror(
        tx,
        ctx,
        pairs(studentKind).map(({ after }) => after.id),
      ),
  },
  settle: (tx, ctx, rows) =>
    mirror(
      tx,
      ctx,
      rows.map(({ studentId }) => studentId),
    ),
  follow: followStudents,
} as const satisfies Kind<typeof schoolEnrollments, 'erased'>
