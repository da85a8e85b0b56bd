/** What a record stands on, and what stands on it: neither is left in the air by an undo. */
import { and, eq, getTableColumns, inArray, isNull } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { tableConfig } from '../../db/kit.ts'
import type { rooms } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import type { BulkEntity } from '../journal/bulk.ts'
import { inBatches, journaledTables } from '../journal/bulk.ts'
import { findRow } from '../records/kind.ts'
import { changedSince } from './refusals.ts'
import type { Reverted } from './reverts.ts'
import { newerThan } from './standing.ts'
import { undoable } from './undoable.ts'

interface Pointer {
  entity: BulkEntity
  field: string
  target: BulkEntity
}

const columnsOf = (entity: BulkEntity) => Object.entries(getTableColumns(journaledTables[entity] as typeof rooms))
const entityOf = (table: object) =>
  (Object.keys(journaledTables) as BulkEntity[]).find((entity) => journaledTables[entity] === table)

/** By which fields the records point at each other. A key's own column is another object than the table's. */
const pointers: Pointer[] = (Object.keys(journaledTables) as BulkEntity[]).flatMap((entity) =>
  tableConfig(journaledTables[entity]).foreignKeys.flatMap((key) => {
    const { foreignTable, columns } = key.reference()
    const target = entityOf(foreignTable)
    const [field] = columnsOf(entity).find(([, { name }]) => name === columns[1]?.name) ?? []
    return field && target && 'archivedAt' in getTableColumns(journaledTables[entity])
      ? [{ entity, field, target }]
      : []
  }),
)

async function usersOf(tx: Reader, { school }: MutationContext, { entity, field }: Pointer, ids: readonly string[]) {
  const table = journaledTables[entity] as typeof rooms
  const column = getTableColumns(table)[field as 'id']
  const users: string[] = []
  for (const batch of inBatches(ids)) {
    const found = await tx
      .select({ id: table.id })
      .from(table)
      .where(and(eq(table.schoolId, school.id), isNull(table.archivedAt), inArray(column, batch)))
    users.push(...found.map(({ id }) => id))
  }
  return users
}

/**
 * What becomes archived is used by nobody: `undo.changed` names what has come to stand on it. What was kept standing when
 * somebody archived it goes on standing when that is done again.
 */
export async function requireUnused(
  tx: Reader,
  ctx: MutationContext,
  reverts: readonly Reverted[],
  last: number,
): Promise<void> {
  const gone = reverts.filter(({ before, after }) => after.archivedAt && !before.archivedAt)
  for (const pointer of pointers)
    for (const isMade of [true, false]) {
      const ids = gone
        .filter((one) => one.entity === pointer.target && one.isMade === isMade)
        .map(({ after }) => after.id)
      const users = await usersOf(tx, ctx, pointer, ids)
      const inTheWay = isMade ? users : [...(await newerThan(tx, ctx, last, pointer.entity, users))]
      if (inTheWay.length)
        throw await changedSince(
          tx,
          ctx,
          inTheWay.map((id) => ({ entity: pointer.entity, id })),
        )
    }
}

/** The records that these are to stand on again, by kind. A term of a class that comes back is chosen anew. */
function chosenBy(reverts: readonly Reverted[]): Map<BulkEntity, Set<string>> {
  const chosen = new Map<BulkEntity, Set<string>>()
  for (const { entity, before, after } of reverts)
    for (const { field, target } of pointers.filter((pointer) => pointer.entity === entity)) {
      const id = after[field]
      const isChosen = id !== before[field] || (entity === 'classTerm' && before.archivedAt !== null)
      if (isChosen && typeof id === 'string' && !after.archivedAt)
        chosen.set(target, (chosen.get(target) ?? new Set()).add(id))
    }
  return chosen
}

/** What a record is to stand on again is in use, or was archived already when the operation took it away. */
export async function requireReferences(
  tx: Reader,
  ctx: MutationContext,
  reverts: readonly Reverted[],
  last: number,
): Promise<void> {
  for (const [entity, ids] of chosenBy(reverts)) {
    const kind = undoable[entity]?.kind
    for (const id of await newerThan(tx, ctx, last, entity, ids)) {
      const row = kind && (await findRow(tx, kind, ctx.school.id, id))
      if (row?.archivedAt) throw await changedSince(tx, ctx, [{ entity, id }])
    }
  }
}
