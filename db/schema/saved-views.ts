import { foreignKey, index, table } from '../kit.ts'
import { viewPlaces } from '../values.ts'
import { edited, owned, ownedKeys } from './owned.ts'
import { users } from './users.ts'

/** A list as somebody likes it: filters, order and columns, under a name. */
export const savedViews = table(
  'saved_views',
  (c) => ({
    ...owned(c),
    userId: c.ref().notNull(),
    place: c.oneOf(viewPlaces).notNull(),
    name: c.text(100).notNull(),
    /** The list's URL parameters as the URL has them, columns among them: 'grade=07&sort=number'. */
    search: c.text(2000).notNull(),
    /** Everybody who works in the place finds it. */
    isShared: c.boolean().notNull().default(false),
    ...edited(c),
  }),
  (t) => [
    ...ownedKeys('saved_views', t),
    foreignKey({ name: 'saved_views_user_fk', columns: [t.userId], foreignColumns: [users.id] }),
    index('saved_views_place_ix').on(t.schoolId, t.place),
  ],
)
