import { isDeepStrictEqual } from 'node:util'

export interface SnapshotColumn {
  name: string
  type: string
  notNull: boolean
  primaryKey: boolean
  autoincrement?: boolean
  default?: unknown
  generated?: unknown
}
export interface SnapshotIndex {
  name: string
  columns: (string | { expression: string })[]
  isUnique: boolean
}
export interface SnapshotReference {
  name: string
  tableTo: string
  columnsFrom: string[]
  columnsTo: string[]
  onDelete?: string
  onUpdate?: string
}
export interface SnapshotCheck {
  name: string
  value: string
}
export interface SnapshotTable {
  name: string
  columns: Record<string, SnapshotColumn>
  indexes: Record<string, SnapshotIndex>
  foreignKeys: Record<string, SnapshotReference>
  checkConstraints: Record<string, SnapshotCheck>
  compositePrimaryKeys: Record<string, unknown>
  uniqueConstraints: Record<string, unknown>
}
export interface Snapshot {
  tables: Record<string, SnapshotTable>
  /** Each maps an old name to the new one, such as `"rooms"."seats"` to `"rooms"."places"`. */
  _meta: { tables: Record<string, string>; columns: Record<string, string> }
}

/** PostgreSQL's snapshots put the schema before the table's name in their keys. */
export const tableNamed = ({ tables }: Snapshot, name: string): SnapshotTable | undefined =>
  Object.values(tables).find((table) => table.name === name)

export interface Change<T> {
  dropped: T[]
  added: T[]
}
export interface TableChange {
  columns: Change<SnapshotColumn>
  indexes: Change<SnapshotIndex>
  references: Change<SnapshotReference>
  checks: Change<SnapshotCheck>
  keepsKeys: boolean
}

function changeOf<T>(before: Record<string, T>, after: Record<string, T>): Change<T> {
  const only = (own: Record<string, T>, other: Record<string, T>) =>
    Object.entries(own).flatMap(([name, part]) => (isDeepStrictEqual(part, other[name]) ? [] : [part]))
  return { dropped: only(before, after), added: only(after, before) }
}

export const tableChange = (before: SnapshotTable, after: SnapshotTable): TableChange => ({
  columns: changeOf(before.columns, after.columns),
  indexes: changeOf(before.indexes, after.indexes),
  references: changeOf(before.foreignKeys, after.foreignKeys),
  checks: changeOf(before.checkConstraints, after.checkConstraints),
  keepsKeys:
    isDeepStrictEqual(before.compositePrimaryKeys, after.compositePrimaryKeys) &&
    isDeepStrictEqual(before.uniqueConstraints, after.uniqueConstraints),
})

export const canBeAdded = ({ primaryKey, autoincrement, generated, notNull, default: fallback }: SnapshotColumn) =>
  !primaryKey &&
  !autoincrement &&
  !generated &&
  (!notNull || fallback !== undefined) &&
  !/^(\(|current_)/i.test(String(fallback))

/** SQLite's ADD CHECK refuses rows for which the check is null, though it accepts such rows later. */
export const passesNull = (value: string): string => `CHECK((${value}) IS NOT FALSE)`

/** A line for each table, so that a step adds as many lines as there are tables. drizzle-kit writes a hundred for each. */
export function snapshotText({ tables, ...rest }: Snapshot): string {
  const lines = Object.entries(tables).map(([name, table]) => `${JSON.stringify(name)}: ${JSON.stringify(table)}`)
  return `${JSON.stringify(rest).slice(0, -1)},\n"tables": {\n${lines.join(',\n')}\n}}\n`
}
