import { guardians, studentGuardians } from '../../db/schema/index.ts'
import type { PersonalRows } from '../records/personal.ts'
import { emptied, nameErased, personal } from '../records/personal.ts'
import { studentGuardianKind } from '../student-guardians/kind.ts'
import { guardianKind } from './kind.ts'

/** All that tells of a guardian: whose guardian they were goes with them. */
export const guardianData: readonly PersonalRows[] = [
  personal(studentGuardianKind, studentGuardians.guardianId, 'deleted'),
  personal(guardianKind, guardians.id, { ...nameErased, phone: emptied, otherPhone: emptied }),
]
