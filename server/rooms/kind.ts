import { rooms } from '../../db/schema/index.ts'
import type { Kind } from '../records/kind.ts'

export const roomKind: Kind<typeof rooms> = {
  entity: 'room',
  table: rooms,
  notFound: 'room.not_found',
  stale: 'room.stale',
  unique: { field: 'name', taken: 'room.name_taken' },
}
