import { setImmediate as breathe } from 'node:timers/promises'
import { and, eq } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { operations } from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'
import { allows } from '../access.ts'
import type { MutationContext } from '../context.ts'
import type { Reason } from '../errors.ts'
import { DomainError } from '../errors.ts'
import { inBatches } from '../journal/bulk.ts'
import { mutate } from '../journal/operation.ts'
import { declarationOf, kinds } from '../kinds.ts'
import { isUndoable } from '../records/declaration.ts'
import { aboutOperation } from './about.ts'
import type { UndoInput } from './input.ts'
import { requireReferences, requireUnused } from './references.ts'
import type { Reverted } from './reverts.ts'
import { entriesOf, revertsOf } from './reverts.ts'
import { runRules, settle, undoingOf } from './rules.ts'

/** An import is taken back by another import, and the command line's work by whoever sits at it. */
const noUndoBy: Partial<Record<string, Reason>> = { import: 'undo.import', cli: 'undo.elsewhere' }

/** One's own, or anybody's for those who may. */
async function requireOperation(tx: Reader, { school, actor }: MutationContext, operationId: string) {
  const [operation] = await tx
    .select({
      actorId: operations.actorId,
      way: operations.way,
      procedure: operations.procedure,
      at: operations.at,
    })
    .from(operations)
    .where(and(eq(operations.schoolId, school.id), eq(operations.id, operationId)))
  if (!operation) throw new DomainError('operation.not_found')
  if (operation.actorId !== actor.userId && !allows(actor.role, 'journal.undoOthers'))
    throw new DomainError('permission.missing')
  const reason = noUndoBy[operation.way]
  if (reason) throw new DomainError(reason)
  return operation
}

function requireRules({ actor }: MutationContext, entities: ReadonlySet<JournalEntity>, procedure: string): void {
  for (const entity of entities) {
    const { undo } = declarationOf(entity)
    if (!isUndoable(undo)) throw new DomainError(undo.procedures?.[procedure] ?? undo.because)
    if (!allows(actor.role, undo.permission)) throw new DomainError('permission.missing')
  }
}

const writtenAtOnce = 200

/** Neighbors of one entity are written together, in their order. */
async function write(tx: Transaction, reverts: readonly Reverted[]): Promise<void> {
  let run: Reverted[] = []
  const flush = async () => {
    for (const batch of inBatches(run, writtenAtOnce)) {
      const { entity } = batch[0] as Reverted
      await tx.replaceAll(
        kinds[entity].table,
        batch.map(({ after }) => after),
      )
      await breathe()
    }
    run = []
  }
  for (const revert of reverts) {
    if (run.length && run[0]?.entity !== revert.entity) await flush()
    run.push(revert)
  }
  await flush()
}

/**
 * Takes one operation back, whole, as an operation of its own: every record it changed gets its next version, with what it
 * held before. `undo.changed` when any of them, or what has come to stand on them, is not as the operation left it; what
 * today's rules forbid is refused with their reasons. Answers what was taken back.
 */
export function undoOperation(ctx: MutationContext, { operationId }: UndoInput) {
  return mutate(
    ctx,
    { deed: 'undo', about: null },
    async (tx) => {
      const { procedure, at } = await requireOperation(tx, ctx, operationId)
      const entries = await entriesOf(tx, ctx, operationId)
      if (!entries.length) throw new DomainError('operation.not_found')
      requireRules(ctx, new Set(entries.map(({ entity }) => entity)), procedure)
      const reverts = await revertsOf(tx, ctx, entries)
      const last = entries[0]?.number ?? 0
      const undoing = undoingOf(tx, ctx, reverts, { at, last })
      const made = await runRules(undoing, 'before')
      await write(tx, reverts)
      await requireUnused(tx, ctx, reverts, last)
      await requireReferences(tx, ctx, reverts, last)
      const followed = [...(await runRules(undoing, 'after')), ...(await settle(tx, ctx, reverts))]
      return [...made, ...reverts, ...followed]
    },
    async (tx, changed) => ({
      operationId: ctx.operation.id,
      changed: changed.length,
      about: await aboutOperation(tx, ctx, operationId),
    }),
  )
}
