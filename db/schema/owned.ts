import type { Column } from 'drizzle-orm'
import type { Columns } from '../kit.ts'
import { foreignKey, primaryKey, uniqueIndex } from '../kit.ts'
import { schools } from './schools.ts'

/** The columns of every row that belongs to a school: its place in the primary key (school_id, id). */
export const owned = (c: Columns) => ({ schoolId: c.integer().notNull(), id: c.id().notNull() })

/** An entity people edit: an update names the version it saw; archiving keeps the row. */
export const edited = (c: Columns) => ({ version: c.integer().notNull().default(1), archivedAt: c.timestamp() })

/** A person whose data can be erased: since then the row tells of nobody, and only counts and class lists need it. */
export const erasable = (c: Columns) => ({ erasedAt: c.timestamp() })

/** What an exchange brings along: the other system's id (none for hand-made rows) and the columns we have no place for. */
export const exchanged = (c: Columns) => ({
  sourcedId: c.text(255),
  extra: c.json<Record<string, string>>().notNull().default({}),
})

interface OwnedTable {
  schoolId: Column
  id: Column
}

/** Primary key (school_id, id) and the reference to the school. */
export const ownedKeys = (name: string, t: object) => {
  const { schoolId, id } = t as OwnedTable as never
  return [
    primaryKey({ name: `${name}_pk`, columns: [schoolId, id] }),
    foreignKey({ name: `${name}_school_fk`, columns: [schoolId], foreignColumns: [schools.id] }),
  ]
}

/** `sourced_id` is unique in its school; hand-made rows have none. */
export const exchangedKey = (name: string, t: object) => {
  const { schoolId, sourcedId } = t as { schoolId: never; sourcedId: never }
  return uniqueIndex(`${name}_sourced_id_uq`).on(schoolId, sourcedId)
}

/** A reference that can't leave its school: (school_id, column) -> (school_id, id). */
export const within = (name: string, t: object, column: unknown, parent: object) => {
  const { schoolId } = t as OwnedTable as never
  const to = parent as OwnedTable as never as { schoolId: never; id: never }
  return foreignKey({ name, columns: [schoolId, column as never], foreignColumns: [to.schoolId, to.id] })
}
