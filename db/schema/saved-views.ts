import { foreignKey, index, table } from '../kit.ts'
import { listPaths } from '../values.ts'
import { edited, owned, ownedKeys } from './owned.ts'
import { users } from './users.ts'

export const savedViews = table(
  'saved_views',
  (c) => ({
    ...owned(c),
    userId: c.ref().notNull(),
    place: c.oneOf(listPaths).notNull(),
    name: c.text(100).notNull(),
    search: c.text(2000).notNull(),
    isShared: c.boolean().notNull().default(false),
    ...edited(c),
  }),
  (t) => [
    ...ownedKeys('saved_views', t),
    foreignKey({ name: 'saved_views_user_fk', columns: [t.userId], foreignColumns: [users.id] }),
    index('saved_views_place_ix').on(t.schoolId, t.place),
  ],
)
