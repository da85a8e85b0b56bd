import type { AnyPgColumn, ExtraConfigColumn } from 'drizzle-orm/pg-core'
import type { Columns } from '../kit.ts'
import { foreignKey, primaryKey, uniqueIndex } from '../kit.ts'
import { schools } from './schools.ts'

export const owned = (c: Columns) => ({ schoolId: c.integer().notNull(), id: c.id().notNull() })

/** An update names the version it saw; archiving keeps the row. */
export const edited = (c: Columns) => ({ version: c.integer().notNull().default(1), archivedAt: c.timestamp() })

/** An erased row names nobody, but counts and class lists still need it. */
export const erasable = (c: Columns) => ({ erasedAt: c.timestamp() })

/** A row made by hand has no `sourcedId`. `extra` keeps imported columns that have no field. */
export const exchanged = (c: Columns) => ({
  sourcedId: c.text(255),
  extra: c.json<Record<string, string>>().notNull().default({}),
})

interface OwnedTable {
  schoolId: AnyPgColumn
  id: AnyPgColumn
}

export const ownedKeys = (name: string, { schoolId, id }: OwnedTable) => [
  primaryKey({ name: `${name}_pk`, columns: [schoolId, id] }),
  foreignKey({ name: `${name}_school_fk`, columns: [schoolId], foreignColumns: [schools.id] }),
]

export const exchangedKey = (name: string, t: { schoolId: ExtraConfigColumn; sourcedId: ExtraConfigColumn }) =>
  uniqueIndex(`${name}_sourced_id_uq`).on(t.schoolId, t.sourcedId)

/** The reference (school_id, column) cannot leave its school. */
export const within = (
  name: string,
  { schoolId }: { schoolId: AnyPgColumn },
  column: AnyPgColumn,
  parent: OwnedTable,
) => foreignKey({ name, columns: [schoolId, column], foreignColumns: [parent.schoolId, parent.id] })
