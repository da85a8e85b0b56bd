import { academicSessions } from '../../db/schema/index.ts'
import type { Kind } from '../records/declaration.ts'
import { exchanged, seen } from '../records/fields.ts'
import { ownName } from '../records/naming.ts'
import { whenParentArchived } from './parent-archived.ts'
import { requireTermsWithin } from './within.ts'

export const academicSessionKind = {
  entity: 'academicSession',
  table: academicSessions,
  notFound: 'academicSession.not_found',
  stale: 'academicSession.stale',
  read: 'academicSession.read',
  isSchoolWide: true,
  naming: ownName('academicSession', academicSessions),
  fields: {
    ...exchanged,
    title: seen,
    type: seen,
    startDate: seen,
    endDate: seen,
    schoolYear: seen,
    parentId: { sees: 'all', refers: { to: 'academicSession', whenArchived: whenParentArchived } },
  },
  undo: { permission: 'academicSession.write', after: requireTermsWithin },
} as const satisfies Kind<typeof academicSessions>
