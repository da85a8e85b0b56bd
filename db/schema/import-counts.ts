import { foreignKey, primaryKey, table } from '../kit.ts'
import { schools } from './schools.ts'

/** So many rows the last complete bundle had for a school. It is no part of the register, so the journal leaves it out. */
export const importCounts = table(
  'import_counts',
  (c) => ({
    schoolId: c.integer().notNull(),
    /** The name is OneRoster's, without .csv. */
    file: c.text(40).notNull(),
    rows: c.integer().notNull(),
    at: c.timestamp().notNull(),
  }),
  (t) => [
    primaryKey({ name: 'import_counts_pk', columns: [t.schoolId, t.file] }),
    foreignKey({ name: 'import_counts_school_fk', columns: [t.schoolId], foreignColumns: [schools.id] }),
  ],
)
