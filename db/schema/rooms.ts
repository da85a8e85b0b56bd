import { sql } from 'drizzle-orm'
import { check, table, uniqueIndex } from '../kit.ts'
import { edited, exchanged, exchangedKey, owned, ownedKeys } from './owned.ts'

export const rooms = table(
  'rooms',
  (c) => ({ ...owned(c), name: c.text(200).notNull(), seats: c.integer(), ...exchanged(c), ...edited(c) }),
  (t) => [
    ...ownedKeys('rooms', t),
    exchangedKey('rooms', t),
    uniqueIndex('rooms_name_uq').on(t.schoolId, t.name).where(sql`${t.archivedAt} is null`),
    check('rooms_seats_positive', sql`${t.seats} >= 0`),
  ],
)
