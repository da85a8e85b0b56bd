/** An import is taken back as one operation. What was changed since stays, and is said before. */
import { and, eq } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { importCounts, importResults } from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'
import type { Context, MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { mutate } from '../journal/operation.ts'
import { namesOf } from '../kinds.ts'
import { aboutOperation } from '../undo/about.ts'
import { stillUsed } from '../undo/references.ts'
import type { Reverted } from '../undo/reverts.ts'
import { entriesOf, findReverts, keyOf } from '../undo/reverts.ts'
import { requireOperation, requireRights, writeBack } from '../undo/undo.ts'
import type { ImportOperationInput } from './input.ts'

interface Taken {
  operation: Awaited<ReturnType<typeof requireOperation>>
  reverts: Reverted[]
  last: number
  changed: { entity: JournalEntity; id: string }[]
  used: { entity: JournalEntity; id: string }[]
  hasSchool: boolean
}

const resultOf = async (tx: Reader, { school }: Context, operationId: string) => {
  const [result] = await tx
    .select({ undoneById: importResults.undoneById })
    .from(importResults)
    .where(and(eq(importResults.schoolId, school.id), eq(importResults.operationId, operationId)))
  if (!result) throw new DomainError('operation.not_found')
  return result
}

async function takenBack(tx: Reader, ctx: Context, operationId: string): Promise<Taken> {
  const { undoneById } = await resultOf(tx, ctx, operationId)
  if (undoneById) throw new DomainError('import.undone')
  const operation = await requireOperation(tx, ctx, operationId)
  const all = await entriesOf(tx, ctx, operationId)
  const entries = all.filter(({ entity }) => entity !== 'school' && entity !== 'membership')
  const { reverts, changed } = await findReverts(tx, ctx, entries)
  const used = await stillUsed(tx, ctx, reverts, new Set(changed.map(keyOf)))
  return {
    operation,
    reverts: reverts.filter(({ entity, after }) => !used.has(keyOf({ entity, id: after.id }))),
    last: all[0]?.number ?? 0,
    changed,
    used: [...used.values()].map(({ entity, after }) => ({ entity, id: after.id })),
    hasSchool: entries.length < all.length,
  }
}

const named = 20

async function staying(tx: Reader, { school }: Context, records: Taken['used']) {
  const shown = records.slice(0, named)
  const names = await namesOf(
    tx,
    school.id,
    shown.map(({ entity, id }) => ({ entity, entityId: id })),
  )
  const first = shown.map((one) => ({ ...one, name: (names.get(keyOf(one))?.name as string | undefined) ?? null }))
  return { total: records.length, first }
}

export function previewUndo(ctx: Context, { operationId }: ImportOperationInput) {
  return ctx.db.snapshot(async (tx) => {
    const { reverts, changed, used, hasSchool } = await takenBack(tx, ctx, operationId)
    return {
      records: reverts.length,
      changed: await staying(tx, ctx, changed),
      used: await staying(tx, ctx, used),
      hasSchool,
    }
  })
}

export function undoImport(ctx: MutationContext, { operationId }: ImportOperationInput) {
  return mutate(
    ctx,
    { deed: 'undo', about: null },
    async (tx) => {
      const { operation, reverts, last } = await takenBack(tx, ctx, operationId)
      if (!reverts.length) throw new DomainError('import.nothing_left')
      const changes = await writeBack(tx, ctx, operation, reverts, last)
      const own = and(eq(importResults.schoolId, ctx.school.id), eq(importResults.operationId, operationId))
      await tx.update(importResults).set({ undoneById: ctx.operation.id }).where(own)
      // The next bundle is not compared with one that was a mistake.
      await tx.delete(importCounts).where(eq(importCounts.schoolId, ctx.school.id))
      return changes
    },
    async (tx, changed) => {
      requireRights(ctx, changed)
      return {
        operationId: ctx.operation.id,
        changed: changed.length,
        about: await aboutOperation(tx, ctx, operationId),
      }
    },
  )
}
