import { foreignKey, index, table } from '../kit.ts'
import type { JournalEntity } from '../values.ts'
import { owned, ownedKeys } from './owned.ts'
import { users } from './users.ts'

/**
 * Who has which record open on a screen, as its tab last said. It changes nothing of the register, so the journal doesn't
 * tell of it; what hasn't been said again for a while is forgotten.
 */
export const presences = table(
  'presences',
  (c) => ({
    /** The id is the tab's. */
    ...owned(c),
    userId: c.ref().notNull(),
    entity: c.text(40).$type<JournalEntity>().notNull(),
    entityId: c.text(36).notNull(),
    isEditing: c.boolean().notNull(),
    seenAt: c.timestamp().notNull(),
  }),
  (t) => [
    ...ownedKeys('presences', t),
    foreignKey({ name: 'presences_user_fk', columns: [t.userId], foreignColumns: [users.id] }),
    index('presences_record_ix').on(t.schoolId, t.entity, t.entityId),
  ],
)
