/** Which records a kind's fields refer to, and that they are in use. */
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
  /** Where the records are that it refers to. */
  table: RecordTable
  notFound: Reason
}
/** A kind as far as writing a record that refers to others needs it. */
export interface WritableKind<T extends RecordTable> extends KindCore<T> {
  fields: object
}
type Referring = Pick<WritableKind<RecordTable>, 'table' | 'fields'>

/** The table that a field's foreign key leads to: a key's own column is another object than the table's. */
function targetOf(table: RecordTable, field: string): RecordTable {
  const { name } = getTableColumns(asOne(table))[field as 'id']
  for (const key of tableConfig(table).foreignKeys) {
    const { columns, foreignTable } = key.reference()
    if (columns[1]?.name === name) return foreignTable as RecordTable
  }
  throw new Error(`${field} refers to a record, but the schema has no foreign key for it`)
}

/** A field by which records of a kind refer to those of another. */
export interface Dependent extends Reference {
  kind: AnyKind
}

const known = new WeakMap<object, Reference[]>()
/** The fields of a kind that refer to records of the school. */
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

/** The record that a field is to name, which must be in use; its kind's `not_found` where it is not. */
export function referredRecord(tx: Transaction, kind: Referring, field: string, schoolId: number, id: string) {
  const reference = referencesOf(kind).find((one) => one.field === field)
  if (!reference) throw new Error(`${field} refers to no record`)
  return currentRecord(tx, reference, schoolId, id)
}

/** A record may be chosen for another only while it is in use; one chosen before may stay, archived or not. */
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
