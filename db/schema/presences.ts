import { foreignKey, index, table } from '../kit.ts'
import type { JournalEntity } from '../values.ts'
import { owned, ownedKeys } from './owned.ts'
import { users } from './users.ts'

export const presences = table(
  'presences',
  (c) => ({
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
