/** Erasing a person: every row that tells of them, and what the journal kept of it. */
import { and, eq, getTableColumns, inArray, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { inBatches } from '../journal/bulk.ts'
import type { Change } from '../journal/entry.ts'
import { forgetOwnInput, forgetRecords } from '../journal/forget.ts'
import { fold } from '../people.ts'
import type { AnyKind, WhenErased } from './declaration.ts'
import { erasedFields } from './declaration.ts'
import { erasedName } from './fields.ts'
import type { EraseInput } from './input.ts'
import type { FieldsOf, KindCore, RecordTable, RowOf } from './kind.ts'
import { asOne, idsOf } from './kind.ts'
import type { Dependent } from './refer.ts'
import { seenRecord } from './write.ts'

interface Named {
  givenName: string
  middleName: string | null
  familyName: string
}
const fullName = ({ givenName, middleName, familyName }: Named) =>
  [givenName, middleName, familyName].filter(Boolean).join(' ')

/**
 * The archived record of the person that is to be erased, as somebody saw it: `record.not_archived` while it is in use,
 * `record.name_differs` unless the name was typed as the record has it, but for case and accents.
 */
export async function erasableRecord<T extends RecordTable>(
  tx: Transaction,
  ctx: MutationContext,
  kind: KindCore<T>,
  { confirm, ...seen }: EraseInput,
): Promise<RowOf<T>> {
  const row = await seenRecord(tx, kind, ctx, seen)
  if (!row.archivedAt) throw new DomainError('record.not_archived')
  if (fold(confirm) !== fold(fullName(row as unknown as Named))) throw new DomainError('record.name_differs')
  return row
}

type Row = RowOf<RecordTable>

/** The row as it is gone: no field holds anything. */
const emptied = (table: RecordTable, { id, version }: Row): Change['after'] => ({
  ...Object.fromEntries(Object.keys(getTableColumns(asOne(table))).map((field) => [field, null])),
  id,
  version: version + 1,
})

/** Rows of a kind that tell of a person, and what becomes of them. */
interface Told {
  kind: AnyKind
  /** Whose they are: `id` in the person's own table. */
  field: string
  fate: Exclude<WhenErased, 'kept'>
}

async function rowsOf(tx: Transaction, schoolId: number, { kind, field }: Told, ids: readonly string[]) {
  const table = asOne(kind.table)
  const rows: Row[] = []
  for (const batch of inBatches(ids)) {
    const found = await tx
      .select()
      .from(table)
      .where(and(eq(table.schoolId, schoolId), inArray(getTableColumns(table)[field as 'id'], batch)))
    rows.push(...(found as unknown as Row[]))
  }
  return rows
}

function fieldsOf({ kind, field, fate }: Told, now: Date): FieldsOf<RecordTable> {
  if (fate === 'forgotten') return { [field]: null }
  return { ...erasedFields(kind.fields), ...(field === 'id' && { ...erasedName, erasedAt: now }) }
}

async function eraseRows(tx: Transaction, ctx: MutationContext, told: Told, ids: string[]): Promise<Change[]> {
  const { kind, fate } = told
  const { entity, table } = kind
  const { schoolId, id, version } = asOne(table)
  const rows = await rowsOf(tx, ctx.school.id, told, ids)
  const fields = fieldsOf(told, ctx.now)
  for (const batch of inBatches(idsOf(rows))) {
    const these = and(eq(schoolId, ctx.school.id), inArray(id, batch))
    if (fate === 'deleted') await tx.delete(asOne(table)).where(these)
    else
      await tx
        .update(asOne(table))
        .set({ ...fields, version: sql`${version} + 1` } as never)
        .where(these)
  }
  const isErasure = fate !== 'forgotten'
  if (isErasure) await forgetRecords(tx, ctx, entity, idsOf(rows))
  const changes = rows.map((before): Change => {
    const after = fate === 'deleted' ? emptied(table, before) : { ...before, ...fields, version: before.version + 1 }
    return { entity, before, after, ...(isErasure && { isErasure }) }
  })
  return [...changes, ...(fate === 'deleted' ? ((await kind.settle?.(tx, ctx, rows)) ?? []) : [])]
}

/**
 * Erases people of a kind by their ids, with all that tells of them in `dependents`, the kinds that refer to theirs. There
 * is no way back.
 */
export async function erasePeople(
  tx: Transaction,
  ctx: MutationContext,
  kind: AnyKind,
  dependents: readonly Dependent[],
  ids: string[],
): Promise<Change[]> {
  const told = dependents.flatMap(({ kind, field, refers: { whenErased = 'kept' } }): Told[] =>
    whenErased === 'kept' ? [] : [{ kind, field, fate: whenErased }],
  )
  const changes: Change[] = []
  // It names the person.
  await forgetOwnInput(tx, ctx)
  for (const part of [...told, { kind, field: 'id', fate: 'blanked' } as const])
    changes.push(...(await eraseRows(tx, ctx, part, ids)))
  return changes
}
