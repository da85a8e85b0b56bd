import { academicSessions } from '../../db/schema/index.ts'
import type { Kind } from '../records/kind.ts'

export const academicSessionKind: Kind<typeof academicSessions> = {
  entity: 'academicSession',
  table: academicSessions,
  notFound: 'academicSession.not_found',
  stale: 'academicSession.stale',
}
