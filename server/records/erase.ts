import { and, eq, getTableColumns, inArray } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { fold } from '../../db/folding.ts'
import type { guardians, instructors, students } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { inBatches } from '../journal/bulk.ts'
import type { Change } from '../journal/entry.ts'
import { forgetOwnInput, forgetRecords } from '../journal/forget.ts'
import type { AnyKind, WhenErased } from './declaration.ts'
import { erasedFields } from './declaration.ts'
import { forgetImports } from './forget-imports.ts'
import { forgetMoves } from './forget-moves.ts'
import type { EraseInput } from './input.ts'
import type { FieldsOf, KindCore, RecordTable, RowOf } from './kind.ts'
import { asOne, idsOf, rowsWith } from './kind.ts'
import type { Dependent } from './refer.ts'
import { changeRows, seenRecord } from './write.ts'

type PersonTable = typeof students | typeof instructors | typeof guardians
const fullName = ({ givenName, middleName, familyName }: RowOf<PersonTable>) =>
  [givenName, middleName, familyName].filter(Boolean).join(' ')

/** Throws `record.not_archived` while it is in use, `record.name_differs` unless the full name was typed as it is. */
export async function erasableRecord<T extends PersonTable>(
  tx: Transaction,
  ctx: MutationContext,
  kind: KindCore<T>,
  { confirm, ...seen }: EraseInput,
): Promise<RowOf<T>> {
  const row = await seenRecord(tx, kind, ctx, seen)
  if (!row.archivedAt) throw new DomainError('record.not_archived')
  if (fold(confirm) !== fold(fullName(row))) throw new DomainError('record.name_differs')
  return row
}

type Row = RowOf<RecordTable>

/** The journal sees every field of a deleted row become empty. */
const emptied = (table: RecordTable, { id, version }: Row): Change['after'] => ({
  ...Object.fromEntries(Object.keys(getTableColumns(asOne(table))).map((field) => [field, null])),
  id,
  version: version + 1,
})

interface Told {
  kind: AnyKind
  field: string
  fate: Exclude<WhenErased, 'kept'>
}

function fieldsOf({ kind, field, fate }: Told, now: Date): FieldsOf<RecordTable> {
  if (fate === 'forgotten') return { [field]: null }
  return { ...erasedFields(kind.fields), ...(field === 'id' && { erasedAt: now }) }
}

async function deleteRows(tx: Transaction, { entity, table }: AnyKind, rows: readonly Row[]): Promise<Change[]> {
  const { schoolId, id } = asOne(table)
  for (const batch of inBatches(rows))
    await tx.delete(asOne(table)).where(and(eq(schoolId, batch[0]?.schoolId ?? 0), inArray(id, idsOf(batch))))
  return rows.map((before) => ({ entity, before, after: emptied(table, before) }))
}

async function eraseRows(tx: Transaction, ctx: MutationContext, told: Told, ids: string[]): Promise<Change[]> {
  const { kind, field, fate } = told
  const rows = await rowsWith(tx, kind, ctx.school.id, field, ids)
  const isDeleted = fate === 'deleted'
  const changes = isDeleted
    ? await deleteRows(tx, kind, rows)
    : await changeRows(tx, kind, rows, fieldsOf(told, ctx.now), () => true)
  if (fate === 'forgotten') return changes
  await forgetRecords(tx, ctx, kind.entity, idsOf(rows))
  const erasures = changes.map((change) => ({ ...change, isErasure: true as const }))
  return [...erasures, ...(isDeleted ? ((await kind.settle?.(tx, ctx, rows)) ?? []) : [])]
}

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
  // The operation's own input names the person.
  await forgetOwnInput(tx, ctx)
  await forgetImports(tx, ctx)
  await forgetMoves(tx)
  for (const part of [...told, { kind, field: 'id', fate: 'blanked' } as const])
    changes.push(...(await eraseRows(tx, ctx, part, ids)))
  return changes
}
