/** Erasing a person: every row that tells of them, and what the journal kept of it. */
import type { Column } from 'drizzle-orm'
import { and, eq, getTableColumns, inArray, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { inBatches } from '../journal/bulk.ts'
import type { Change } from '../journal/entry.ts'
import { forgetOwnInput, forgetRecords } from '../journal/forget.ts'
import { fold } from '../people.ts'
import type { EraseInput } from './input.ts'
import type { Kind, RecordTable, RowOf } from './kind.ts'
import { asOne, idsOf } from './kind.ts'
import type { PersonalRows } from './personal.ts'
import { erasedFields } from './personal.ts'
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
  kind: Kind<T>,
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

async function rowsOf(tx: Transaction, schoolId: number, table: RecordTable, of: Column, ids: readonly string[]) {
  const rows: Row[] = []
  for (const batch of inBatches(ids)) {
    const found = await tx
      .select()
      .from(asOne(table))
      .where(and(eq(asOne(table).schoolId, schoolId), inArray(of, batch)))
    rows.push(...(found as unknown as Row[]))
  }
  return rows
}

async function eraseRows(tx: Transaction, ctx: MutationContext, rowsOfPerson: PersonalRows, ids: string[]) {
  const { kind, of, fates, keepsHistory } = rowsOfPerson
  const { entity, table } = kind
  const { schoolId, id, version } = asOne(table)
  const rows = await rowsOf(tx, ctx.school.id, table, of, ids)
  const isPerson = of === id
  const fields = fates === 'deleted' ? {} : { ...erasedFields(fates), ...(isPerson && { erasedAt: ctx.now }) }
  for (const batch of inBatches(idsOf(rows))) {
    const these = and(eq(schoolId, ctx.school.id), inArray(id, batch))
    if (fates === 'deleted') await tx.delete(asOne(table)).where(these)
    else
      await tx
        .update(asOne(table))
        .set({ ...fields, version: sql`${version} + 1` } as never)
        .where(these)
  }
  if (!keepsHistory) await forgetRecords(tx, ctx, entity, idsOf(rows))
  return rows.map((before): Change => {
    const after = fates === 'deleted' ? emptied(table, before) : { ...before, ...fields, version: before.version + 1 }
    return { entity, before, after, ...(!keepsHistory && { isErasure: true }) }
  })
}

/** Erases people by their ids, with all that `parts` says tells of them. There is no way back. */
export async function erasePeople(
  tx: Transaction,
  ctx: MutationContext,
  parts: readonly PersonalRows[],
  ids: string[],
): Promise<Change[]> {
  const changes: Change[] = []
  // It names the person.
  await forgetOwnInput(tx, ctx)
  for (const part of parts) changes.push(...(await eraseRows(tx, ctx, part, ids)))
  return changes
}
