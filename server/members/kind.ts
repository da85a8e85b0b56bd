import { memberships } from '../../db/schema/index.ts'
import type { Kind } from '../records/kind.ts'

export const memberKind: Kind<typeof memberships> = {
  entity: 'membership',
  table: memberships,
  notFound: 'member.not_found',
  stale: 'member.stale',
}
