import type { Columns } from '../kit.ts'

/** The name fields students and instructors share. */
export const named = (c: Columns) => ({
  givenName: c.text(100).notNull(),
  middleName: c.text(100),
  familyName: c.text(100).notNull(),
  /** What they are called, instead of the given name. */
  preferredName: c.text(100),
  /** Folded family and given name: the order of every list. */
  sortName: c.text(500).notNull(),
  /** Folded names, number and e-mail: where search looks. */
  searchText: c.text(1500).notNull(),
  email: c.text(320),
})
