import { enrollments, studentAddresses, studentAlerts, studentGuardians, students } from '../../db/schema/index.ts'
import { enrollmentKind } from '../enrollments/kind.ts'
import type { PersonalRows } from '../records/personal.ts'
import { emptied, exchangeErased, nameErased, personal } from '../records/personal.ts'
import { studentAlertKind } from '../student-alerts/kind.ts'
import { studentGuardianKind } from '../student-guardians/kind.ts'
import { studentAddressKind, studentKind } from './kind.ts'

/** All that tells of a student. Classes keep a nameless place, so that their counts and history stay true. */
export const studentData: readonly PersonalRows[] = [
  personal(studentAddressKind, studentAddresses.studentId, 'deleted'),
  personal(studentAlertKind, studentAlerts.studentId, 'deleted'),
  personal(studentGuardianKind, studentGuardians.studentId, 'deleted'),
  personal(enrollmentKind, enrollments.studentId, {
    studentId: 'kept',
    classId: 'kept',
    beginDate: 'kept',
    endDate: 'kept',
    status: 'kept',
    grade: 'kept',
    waitlistPosition: 'kept',
    withdrawalReason: 'kept',
    note: emptied,
    ...exchangeErased,
    archivedAt: 'kept',
  }),
  personal(studentKind, students.id, {
    ...nameErased,
    number: emptied,
    birthDate: emptied,
    gradeLevel: 'kept',
    status: 'kept',
    isInternational: { becomes: false },
    isCoop: { becomes: false },
    programId: 'kept',
    mergedIntoId: 'kept',
  }),
]
