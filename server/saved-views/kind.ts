import { savedViews } from '../../db/schema/index.ts'
import type { Kind } from '../records/kind.ts'

export const savedViewKind: Kind<typeof savedViews> = {
  entity: 'savedView',
  table: savedViews,
  notFound: 'savedView.not_found',
  stale: 'savedView.stale',
}
