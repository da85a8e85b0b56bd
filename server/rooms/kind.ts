import { rooms } from '../../db/schema/index.ts'
import type { Kind } from '../records/declaration.ts'
import { exchanged, seen } from '../records/fields.ts'
import { ownName } from '../records/naming.ts'

export const roomKind = {
  entity: 'room',
  table: rooms,
  notFound: 'room.not_found',
  stale: 'room.stale',
  read: 'room.read',
  isSchoolWide: true,
  naming: ownName('room', rooms),
  unique: { field: 'name', taken: 'room.name_taken' },
  fields: { ...exchanged, name: seen, seats: seen },
  undo: { permission: 'room.write' },
} as const satisfies Kind<typeof rooms>
