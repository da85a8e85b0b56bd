/** An undo leaves no record in use that refers to an archived one. */
import { inArray } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { inUse } from '../../db/rows.ts'
import type { Context, MutationContext } from '../context.ts'
import { grouped } from '../grouped.ts'
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

type ByKey = ReadonlyMap<string, Reverted>

/** The leaving records to which a record in use refers that does not leave itself, and will not refer to another. */
async function* usedByOthers(tx: Reader, ctx: Context, all: ByKey, leaving: ByKey): AsyncGenerator<string> {
  for (const pointer of pointers) {
    const ids = [...leaving.values()].filter(({ entity }) => entity === pointer.target).map(({ after }) => after.id)
    for (const batch of inBatches(ids))
      for (const { id, to } of await usesOf(tx, ctx, pointer, batch)) {
        const user = keyOf({ entity: pointer.entity, id })
        const isMoving = all.has(user) && all.get(user)?.after[pointer.field] !== to
        if (!leaving.has(user) && !isMoving) yield `${pointer.target} ${to}`
      }
  }
}

/** A class needs its terms. Those it had before the operation stay anyway. */
function termsByClass(leaving: ByKey): Map<string, string[]> {
  const terms = [...leaving].filter(([, { entity }]) => entity === 'classTerm')
  const byClass = grouped(terms, ([, { after }]) => `class ${after.classId}`)
  return new Map([...byClass].map(([key, own]) => [key, own.map(([term]) => term)]))
}

/** Records that a record in use refers to stay, and so do those that they refer to: only what nobody uses leaves. */
export async function stillUsed(
  tx: Reader,
  ctx: Context,
  reverts: readonly Reverted[],
  changed: ReadonlySet<string>,
): Promise<Map<string, Reverted>> {
  const all = new Map(reverts.map((one) => [keyOf(idOf(one)), one]))
  const leaving = new Map([...all].filter(([, { before, after }]) => after.archivedAt && !before.archivedAt))
  const terms = termsByClass(leaving)
  const used = new Map<string, Reverted>()
  const next = [...changed].flatMap((key) => terms.get(key) ?? [])
  for await (const key of usedByOthers(tx, ctx, all, leaving)) next.push(key)
  for (let key = next.pop(); key !== undefined; key = next.pop()) {
    const one = leaving.get(key)
    if (!one || used.has(key)) continue
    used.set(key, one)
    const own = pointers.filter(({ entity }) => entity === one.entity)
    next.push(...own.map(({ field, target }) => `${target} ${one.before[field]}`), ...(terms.get(key) ?? []))
  }
  return used
}

const idOf = ({ entity, after }: Reverted) => ({ entity, id: after.id })

/** Of a row that only links two records, both count when it is restored. Enrollments have rules of their own. */
const links: readonly RecordEntity[] = ['classInstructor', 'classTerm', 'studentGuardian']

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
