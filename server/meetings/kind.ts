import { meetings } from '../../db/schema/index.ts'
import type { Kind } from '../records/kind.ts'

export const meetingKind: Kind<typeof meetings> = {
  entity: 'meeting',
  table: meetings,
  notFound: 'meeting.not_found',
  stale: 'meeting.stale',
}
