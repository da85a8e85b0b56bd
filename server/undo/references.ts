/** An undo leaves no record in use that refers to an archived one. */
import { inArray } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { inUse } from '../../db/rows.ts'
import type { MutationContext } from '../context.ts'
import { inBatches } from '../journal/bulk.ts'
import type { RecordEntity } from '../kinds.ts'
import { kinds } from '../kinds.ts'
import { asOne, columnOf, findRow } from '../records/kind.ts'
import { referencesOf } from '../records/refer.ts'
import { changedSince } from './refusals.ts'
import type { Reverted } from './reverts.ts'
import { newerThan } from './standing.ts'

interface Pointer {
  entity: RecordEntity
  field: string
  target: RecordEntity
}

const pointers: Pointer[] = (Object.keys(kinds) as RecordEntity[]).flatMap((entity) =>
  referencesOf(kinds[entity]).map(({ field, refers }) => ({ entity, field, target: refers.to as RecordEntity })),
)

async function usersOf(tx: Reader, { school }: MutationContext, { entity, field }: Pointer, ids: readonly string[]) {
  const table = asOne(kinds[entity].table)
  const column = columnOf(table, field)
  const users: string[] = []
  for (const batch of inBatches(ids)) {
    const found = await tx
      .select({ id: table.id })
      .from(table)
      .where(inUse(table, school.id, inArray(column, batch)))
    users.push(...found.map(({ id }) => id))
  }
  return users
}

/** Throws `undo.changed` with what uses a record that becomes archived, unless it did so when it was archived before. */
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

/** Of a row that only links two records, both count when it is restored. Enrollments have rules of their own. */
const links: readonly RecordEntity[] = ['classInstructor', 'classTerm', 'studentGuardian']

/** The records that are referred to again, by kind. */
function chosenBy(reverts: readonly Reverted[]): Map<RecordEntity, Set<string>> {
  const chosen = new Map<RecordEntity, Set<string>>()
  for (const { entity, before, after } of reverts)
    for (const { field, target } of pointers.filter((pointer) => pointer.entity === entity)) {
      const id = after[field]
      const isChosen = id !== before[field] || (links.includes(entity) && before.archivedAt !== null)
      // Else two records could each be merged into the other, and nobody could erase them.
      const counts = !after.archivedAt || field === 'mergedIntoId'
      if (isChosen && typeof id === 'string' && counts) chosen.set(target, (chosen.get(target) ?? new Set()).add(id))
    }
  return chosen
}

/** A record that is referred to again is in use, or was archived before the operation. */
export async function requireReferences(
  tx: Reader,
  ctx: MutationContext,
  reverts: readonly Reverted[],
  last: number,
): Promise<void> {
  for (const [entity, ids] of chosenBy(reverts)) {
    const { undo, ...kind } = kinds[entity]
    for (const id of await newerThan(tx, ctx, last, entity, ids)) {
      const row = kind && (await findRow(tx, kind, ctx.school.id, id))
      if (row?.archivedAt) throw await changedSince(tx, ctx, [{ entity, id }])
    }
  }
}
