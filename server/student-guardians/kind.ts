import { studentGuardians } from '../../db/schema/index.ts'
import type { Kind } from '../records/declaration.ts'
import { edited, seen } from '../records/fields.ts'
import { studentsName } from '../records/naming.ts'
import { closeGaps, studentGuardianCore } from './core.ts'
import { whenGuardianArchived } from './guardian-archived.ts'
import { mergeLinks } from './merge.ts'

export { linkGuardians } from './link.ts'

export const studentGuardianKind = {
  ...studentGuardianCore,
  read: 'guardian.read',
  naming: studentsName(studentGuardians),
  fields: {
    ...edited,
    studentId: {
      sees: 'all',
      refers: { to: 'student', owns: true, whenArchived: 'stays', whenErased: 'deleted', whenMerged: mergeLinks },
    },
    guardianId: {
      sees: 'all',
      refers: { to: 'guardian', owns: true, whenArchived: whenGuardianArchived, whenErased: 'deleted' },
    },
    relation: seen,
    priority: seen,
    hasCustody: seen,
    mayPickUp: seen,
    livesWith: seen,
    isBarred: seen,
    note: seen,
  },
  undo: { permission: 'guardian.write' },
  /** The next guardian moves up. */
  settle: (tx, { school }, links) => closeGaps(tx, school.id, new Set(links.map(({ studentId }) => studentId))),
} as const satisfies Kind<typeof studentGuardians>
