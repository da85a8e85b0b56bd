import type { classInstructors } from '../../db/schema/index.ts'
import type { Kind } from '../records/declaration.ts'
import { exchanged } from '../records/fields.ts'
import { instructorInClass } from '../records/naming.ts'
import { whenClassArchived, whenInstructorArchived } from './archived.ts'
import { classInstructorCore } from './core.ts'
import { requireFree } from './undo.ts'

const kept = { sees: 'all', erased: 'kept' } as const

/** After an erasure the class still has an assignment, without a name. */
export const classInstructorKind = {
  ...classInstructorCore,
  read: 'class.read',
  isOnTimetable: true,
  naming: instructorInClass,
  fields: {
    ...exchanged,
    sourcedId: { ...exchanged.sourcedId, sees: 'none' },
    classId: { ...kept, refers: { to: 'class', owns: true, whenArchived: whenClassArchived } },
    instructorId: {
      ...kept,
      refers: { to: 'instructor', owns: true, whenArchived: whenInstructorArchived, whenErased: 'blanked' },
    },
    isPrimary: kept,
    beginDate: kept,
    endDate: kept,
  },
  undo: { permission: 'class.write', before: requireFree },
} as const satisfies Kind<typeof classInstructors, 'erased'>
