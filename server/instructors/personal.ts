import { classInstructors, instructors, memberships } from '../../db/schema/index.ts'
import { classInstructorKind } from '../class-instructors/kind.ts'
import { memberKind } from '../members/kind.ts'
import type { PersonalRows } from '../records/personal.ts'
import { emptied, exchangeErased, nameErased, personal } from '../records/personal.ts'
import { instructorKind } from './kind.ts'

/**
 * All that tells of an instructor. Classes keep that somebody taught them. The account she had is her own, and its name
 * says in history who did what: only that it was this instructor's is forgotten.
 */
export const instructorData: readonly PersonalRows[] = [
  // Who was given which rights, and by whom, is no matter of one person.
  personal(
    memberKind,
    memberships.instructorId,
    { userId: 'kept', role: 'kept', instructorId: emptied, archivedAt: 'kept' },
    { keepsHistory: true },
  ),
  personal(classInstructorKind, classInstructors.instructorId, {
    classId: 'kept',
    instructorId: 'kept',
    isPrimary: 'kept',
    beginDate: 'kept',
    endDate: 'kept',
    ...exchangeErased,
    archivedAt: 'kept',
  }),
  personal(instructorKind, instructors.id, {
    ...nameErased,
    employment: emptied,
    status: 'kept',
    departmentId: 'kept',
  }),
]
