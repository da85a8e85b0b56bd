/** An undo leaves no record in use that refers to an archived one. */
import { inArray } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { inUse } from '../../db/rows.ts'
import type { Context, MutationContext } from '../context.ts'
import { inBatches } from '../journal/bulk.ts'
import type { RecordEntity } from '../kinds.ts'
import { kinds } from '../kinds.ts'
import { asOne, columnOf, findRow } from '../records/kind.ts'
import { referencesOf } from '../records/refer.ts'
import { changedSince } from './refusals.ts'
import type { Reverted } from './reverts.ts'
import { keyOf } from './reverts.ts'
import { newerThan } from './standing.ts'

interface Pointer {
  entity: RecordEntity
  field: string
  target: RecordEntity
}

const pointers: Pointer[] = (Object.keys(kinds) as RecordEntity[]).flatMap((entity) =>
  referencesOf(kinds[entity]).map(({ field, refers }) => ({ entity, field, target: refers.to as RecordEntity })),
)

async function usesOf(tx: Reader, { school }: Context, { entity, field }: Pointer, ids: readonly string[]) {
  const table = asOne(kinds[entity].table)
  const column = columnOf(table, field)
  const uses: { id: string; to: unknown }[] = []
  for (const batch of inBatches(ids))
    uses.push(
      ...(await tx
        .select({ id: table.id, to: column })
        .from(table)
        .where(inUse(table, school.id, inArray(column, batch)))),
    )
  return uses
}

const usersOf = async (...asked: Parameters<typeof usesOf>) => (await usesOf(...asked)).map(({ id }) => id)

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

interface Use {
  user: string
  target: string
}

/** Which records in use refer to these, unless they refer to another once they are written back. */
async function usesAfter(
  tx: Reader,
  ctx: Context,
  reverts: readonly Reverted[],
  leaving: ReadonlyMap<string, Reverted>,
) {
  const all = new Map(reverts.map((one) => [keyOf(idOf(one)), one]))
  const uses: Use[] = []
  for (const pointer of pointers) {
    const ids = [...leaving.values()].filter(({ entity }) => entity === pointer.target).map(({ after }) => after.id)
    for (const { id, to } of await usesOf(tx, ctx, pointer, ids)) {
      const user = keyOf({ entity: pointer.entity, id })
      const isMoving = all.has(user) && all.get(user)?.after[pointer.field] !== to
      if (!isMoving) uses.push({ user, target: `${pointer.target} ${to}` })
    }
  }
  return uses
}

/** A class is nothing without its terms. Those it had before the operation stay anyway. */
function termsOf(leaving: ReadonlyMap<string, Reverted>, changed: ReadonlySet<string>): Use[] {
  return [...leaving].flatMap(([target, { entity, after }]) => {
    const user = `class ${after.classId}`
    return entity === 'classTerm' && (leaving.has(user) || changed.has(user)) ? { user, target } : []
  })
}

/** Records that a record in use refers to stay, and so do those that they refer to: only what nobody uses leaves. */
export async function stillUsed(
  tx: Reader,
  ctx: Context,
  reverts: readonly Reverted[],
  changed: ReadonlySet<string>,
): Promise<Map<string, Reverted>> {
  const leaving = new Map(
    reverts.filter(({ before, after }) => after.archivedAt && !before.archivedAt).map((one) => [keyOf(idOf(one)), one]),
  )
  const uses = [...(await usesAfter(tx, ctx, reverts, leaving)), ...termsOf(leaving, changed)]
  const used = new Map<string, Reverted>()
  for (let before = -1; before !== used.size; ) {
    before = used.size
    for (const { user, target } of uses) {
      const one = leaving.get(target)
      if (!one || leaving.has(user)) continue
      used.set(target, one)
      leaving.delete(target)
    }
  }
  return used
}

const idOf = ({ entity, after }: Reverted) => ({ entity, id: after.id })

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
