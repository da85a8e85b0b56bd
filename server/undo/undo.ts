import { and, eq } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { importResults, operations } from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'
import { allows } from '../access.ts'
import type { Context, MutationContext } from '../context.ts'
import type { Reason } from '../errors.ts'
import { DomainError } from '../errors.ts'
import { grouped } from '../grouped.ts'
import type { Change } from '../journal/entry.ts'
import { endingProcedure } from '../journal/entry.ts'
import { mutate } from '../journal/operation.ts'
import { declarationOf, kinds } from '../kinds.ts'
import { isUndoable } from '../records/declaration.ts'
import { replaceRows } from '../records/write.ts'
import { aboutOperation } from './about.ts'
import type { UndoInput } from './input.ts'
import { requireReferences, requireUnused } from './references.ts'
import type { Reverted } from './reverts.ts'
import { entriesOf, revertsOf } from './reverts.ts'
import { runRules, settle, undoingOf } from './rules.ts'
import { isOfSchool, undoSettings } from './school.ts'

/** Another import takes an import back, and the command line takes back its own work. */
const noUndoBy: Partial<Record<string, Reason>> = { import: 'undo.import', cli: 'undo.elsewhere' }
const noUndoOf: Partial<Record<string, Reason>> = { 'imports.undo': 'undo.import' }

export async function requireOperation(tx: Reader, { school, actor }: Context, operationId: string) {
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
  if (operation.actorId !== actor.userId && !allows(actor, 'journal.undoOthers'))
    throw new DomainError('permission.missing')
  return operation
}

function requireRules({ actor }: MutationContext, entities: ReadonlySet<JournalEntity>, procedure: string): void {
  for (const entity of entities) {
    const { undo } = declarationOf(entity)
    if (!isUndoable(undo)) throw new DomainError(undo.procedures?.[procedure] ?? undo.because)
    if (!allows(actor, undo.permission)) throw new DomainError('permission.missing')
  }
}

/** Whoever repeats an undo may have lost a right since, and must not hear what became of the record. */
export function requireRights({ actor }: MutationContext, changed: readonly { entity: JournalEntity }[]): void {
  for (const { entity } of changed) {
    const { undo } = declarationOf(entity)
    if (isUndoable(undo) && !allows(actor, undo.permission)) throw new DomainError('permission.missing')
  }
}

async function write(tx: Transaction, reverts: readonly Reverted[]): Promise<Change[]> {
  const changes: Change[] = []
  for (const [entity, those] of grouped(reverts, ({ entity }) => entity)) {
    const edits = those.map(({ before, after }) => ({ before, fields: after }))
    changes.push(...(await replaceRows(tx, kinds[entity], edits, () => true)))
  }
  return changes
}

type Operation = Awaited<ReturnType<typeof requireOperation>>

/** Writes the records back and does what follows. Today's rules can refuse it. */
export async function writeBack(
  tx: Transaction,
  ctx: MutationContext,
  { at, procedure }: Operation,
  reverts: readonly Reverted[],
  last: number,
): Promise<Change[]> {
  requireRules(ctx, new Set(reverts.map(({ entity }) => entity)), procedure)
  const undoing = undoingOf(tx, ctx, reverts, { at, last })
  const made = await runRules(undoing, 'before')
  const written = await write(tx, reverts)
  await requireUnused(tx, ctx, reverts, last)
  await requireReferences(tx, ctx, reverts, last)
  const followed = [...(await runRules(undoing, 'after')), ...(await settle(tx, ctx, reverts))]
  return [...made, ...written, ...followed]
}

async function tellImports(tx: Transaction, { school, operation }: MutationContext, operationId: string) {
  const own = and(eq(importResults.schoolId, school.id), eq(importResults.operationId, operationId))
  await tx.update(importResults).set({ undoneById: operation.id }).where(own)
}

/** Throws `undo.changed` where a record, or what refers to it, has changed since. */
export function undoOperation(ctx: MutationContext, { operationId }: UndoInput) {
  return mutate(
    ctx,
    { deed: 'undo', about: null },
    async (tx) => {
      const operation = await requireOperation(tx, ctx, operationId)
      const { way, procedure } = operation
      const reason = procedure === endingProcedure ? undefined : (noUndoBy[way] ?? noUndoOf[procedure])
      if (reason) throw new DomainError(reason)
      const entries = await entriesOf(tx, ctx, operationId)
      if (!entries.length) throw new DomainError('operation.not_found')
      requireRules(ctx, new Set(entries.map(({ entity }) => entity)), operation.procedure)
      if (entries.some(isOfSchool)) return undoSettings(tx, ctx, entries)
      const changes = await writeBack(tx, ctx, operation, await revertsOf(tx, ctx, entries), entries[0]?.number ?? 0)
      if (procedure === endingProcedure) await tellImports(tx, ctx, operationId)
      return changes
    },
    async (tx, changed) => {
      requireRights(ctx, changed)
      const about = await aboutOperation(tx, ctx, operationId)
      return { operationId: ctx.operation.id, changed: changed.length, about }
    },
  )
}
