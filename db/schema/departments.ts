import { sql } from 'drizzle-orm'
import { index, table, uniqueIndex } from '../kit.ts'
import { programTypes } from '../values.ts'
import { edited, exchanged, exchangedKey, owned, ownedKeys, within } from './owned.ts'

export const departments = table(
  'departments',
  (c) => ({ ...owned(c), name: c.text(200).notNull(), ...exchanged(c), ...edited(c) }),
  (t) => [
    ...ownedKeys('departments', t),
    exchangedKey('departments', t),
    uniqueIndex('departments_name_uq').on(t.schoolId, t.name).where(sql`${t.archivedAt} is null`),
  ],
)

export const programs = table(
  'programs',
  (c) => ({
    ...owned(c),
    name: c.text(200).notNull(),
    type: c.oneOf(programTypes).notNull(),
    departmentId: c.ref(),
    ...exchanged(c),
    ...edited(c),
  }),
  (t) => [
    ...ownedKeys('programs', t),
    exchangedKey('programs', t),
    within('programs_department_fk', t, t.departmentId, departments),
    uniqueIndex('programs_name_uq').on(t.schoolId, t.name).where(sql`${t.archivedAt} is null`),
    index('programs_department_ix').on(t.schoolId, t.departmentId, t.archivedAt),
  ],
)
