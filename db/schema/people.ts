import type { Columns } from '../kit.ts'

export const named = (c: Columns) => ({
  givenName: c.text(100).notNull(),
  middleName: c.text(100),
  familyName: c.text(100).notNull(),
  preferredName: c.text(100),
  /** Lists sort by the folded family and given name. */
  sortName: c.text(500).notNull(),
  searchText: c.text(1500).notNull(),
  email: c.text(320),
})
