import { getTableColumns } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { tableConfig } from '../../db/kit.ts'
import type { Reason } from '../errors.ts'
import type { AnyField, AnyKind } from './declaration.ts'
import type { FieldsOf, KindCore, RecordTable, RowOf } from './kind.ts'
import { asOne } from './kind.ts'
import { currentRecord } from './write.ts'

export interface Reference {
  field: string
  refers: NonNullable<AnyField['refers']>
  table: RecordTable
  notFound: Reason
}
export interface WritableKind<T extends RecordTable> extends KindCore<T> {
  fields: object
}
type Referring = Pick<WritableKind<RecordTable>, 'table' | 'fields'>

/** A key's own column is another object than the table's: only their names are the same. */
function targetOf(table: RecordTable, field: string): RecordTable {
  const { name } = getTableColumns(asOne(table))[field as 'id']
  for (const key of tableConfig(table).foreignKeys) {
    const { columns, foreignTable } = key.reference()
    if (columns[1]?.name === name) return foreignTable as RecordTable
  }
  throw new Error(`${field} refers to a record, but the schema has no foreign key for it`)
}

export interface Dependent extends Reference {
  kind: AnyKind
}

const known = new WeakMap<object, Reference[]>()
export function referencesOf({ table, fields }: Referring): Reference[] {
  const found =
    known.get(fields) ??
    Object.entries(fields as AnyKind['fields']).flatMap(([field, rule]): Reference[] =>
      rule?.refers
        ? [{ field, refers: rule.refers, table: targetOf(table, field), notFound: `${rule.refers.to}.not_found` }]
        : [],
    )
  known.set(fields, found)
  return found
}

/** Throws the kind's `not_found` unless the record that the field names is in use. */
export function referredRecord(tx: Transaction, kind: Referring, field: string, schoolId: number, id: string) {
  const reference = referencesOf(kind).find((one) => one.field === field)
  if (!reference) throw new Error(`${field} refers to no record`)
  return currentRecord(tx, reference, schoolId, id)
}

/** A record may be chosen only while it is in use; one that was chosen before may stay. */
export async function requireReferences<T extends RecordTable>(
  tx: Transaction,
  schoolId: number,
  kind: Pick<WritableKind<T>, 'table' | 'fields'>,
  fields: FieldsOf<T>,
  before?: RowOf<T>,
): Promise<void> {
  const chosen = fields as Record<string, string | null | undefined>
  for (const { field, ...target } of referencesOf(kind))
    if (chosen[field] && chosen[field] !== before?.[field]) await currentRecord(tx, target, schoolId, chosen[field])
}
