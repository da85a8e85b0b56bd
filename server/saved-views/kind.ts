import { savedViews } from '../../db/schema/index.ts'
import type { Kind } from '../records/declaration.ts'
import { edited } from '../records/fields.ts'
import { requireOwnView } from './undo.ts'

const hidden = { sees: 'none' } as const

export const savedViewKind = {
  entity: 'savedView',
  table: savedViews,
  notFound: 'savedView.not_found',
  stale: 'savedView.stale',
  read: 'savedView.read',
  isPrivate: true,
  naming: null,
  fields: { ...edited, userId: hidden, place: hidden, name: hidden, search: hidden, isShared: hidden },
  undo: { permission: 'savedView.write', before: requireOwnView },
} as const satisfies Kind<typeof savedViews>
