import { setImmediate as breathe } from 'node:timers/promises'
import { and, desc, eq, inArray, lt } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { journal, journalValues, operations } from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'
import { allows } from '../access.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { RecordTable, RowOf } from '../records/kind.ts'
import { asOne } from '../records/kind.ts'
import type { BulkEntity } from './bulk.ts'
import { inBatches, journaledTables } from './bulk.ts'
import type { Change } from './entry.ts'
import type { UndoInput } from './input.ts'
import { mutate } from './operation.ts'
import { afterUndo, beforeUndo } from './undo-rules.ts'
import type { Undoable } from './undoable.ts'
import { undoable } from './undoable.ts'

type Row = RowOf<RecordTable>
interface Entry {
  entity: JournalEntity
  id: string
  version: number
  /** The values; null once they are erased. */
  content: string | null
}
/** A record as it is, and as it was before the operation. */
export interface Reverted extends Change {
  entity: BulkEntity
  before: Row
  after: Row
}

const readAtOnce = 500

/**
 * What an operation did, the last first: a key that one record gave to another goes back the same way. In pages, and the
 * values apart: of a school it knows little about yet, PostgreSQL would join every entry with every value.
 */
async function entriesOf(tx: Reader, { school }: MutationContext, operationId: string): Promise<Entry[]> {
  const entries: Entry[] = []
  let before = Number.MAX_SAFE_INTEGER
  for (;;) {
    const page = await tx
      .select({ number: journal.number, entity: journal.entity, id: journal.entityId, version: journal.version })
      .from(journal)
      .where(and(eq(journal.schoolId, school.id), eq(journal.operationId, operationId), lt(journal.number, before)))
      .orderBy(desc(journal.number))
      .limit(readAtOnce)
    const numbers = page.map(({ number }) => number)
    const values = await tx
      .select({ number: journalValues.number, content: journalValues.content })
      .from(journalValues)
      .where(and(eq(journalValues.schoolId, school.id), inArray(journalValues.number, numbers)))
    const contents = new Map(values.map(({ number, content }) => [number, content]))
    entries.push(...page.map(({ number, ...entry }) => ({ ...entry, content: contents.get(number) ?? null })))
    if (page.length < readAtOnce) return entries
    before = numbers.at(-1) ?? 0
    await breathe()
  }
}

/** One's own, or anybody's for those who may; an import is taken back by another import. */
async function requireOperation(tx: Reader, { school, actor }: MutationContext, operationId: string): Promise<void> {
  const [operation] = await tx
    .select({ actorId: operations.actorId, way: operations.way })
    .from(operations)
    .where(and(eq(operations.schoolId, school.id), eq(operations.id, operationId)))
  if (!operation) throw new DomainError('operation.not_found')
  if (operation.actorId !== actor.userId && !allows(actor.role, 'journal.undoOthers'))
    throw new DomainError('permission.missing')
  if (operation.way !== 'screen') throw new DomainError('undo.impossible')
}

function ruleOf({ actor }: MutationContext, entity: Entry['entity']): Undoable {
  const rule = undoable[entity as BulkEntity]
  if (!rule) throw new DomainError('undo.impossible')
  if (!allows(actor.role, rule.permission)) throw new DomainError('permission.missing')
  return rule
}

async function currentRows(tx: Reader, { school }: MutationContext, entity: BulkEntity, ids: Iterable<string>) {
  const table = asOne((undoable[entity] as Undoable).kind.table)
  const rows = new Map<string, Row>()
  for (const batch of inBatches(ids)) {
    const found = await tx
      .select()
      .from(table)
      .where(and(eq(table.schoolId, school.id), inArray(table.id, batch)))
    for (const row of found as unknown as Row[]) rows.set(row.id, row)
    await breathe()
  }
  return rows
}

/** What the fields held before, as columns hold it; a record that the operation made becomes archived. */
function fieldsBefore({ content }: Entry, now: Date): Record<string, unknown> {
  // Erased: nobody knows what it was.
  if (content === null) throw new DomainError('undo.impossible')
  const { before } = JSON.parse(content) as { before?: Record<string, unknown> }
  if (!before) return { archivedAt: now }
  const { archivedAt } = before
  return typeof archivedAt === 'string' ? { ...before, archivedAt: new Date(archivedAt) } : before
}

/** Every record once, as it stood before the first change; `undo.changed` names those that somebody changed since. */
async function revertsOf(tx: Reader, ctx: MutationContext, entries: readonly Entry[]): Promise<Reverted[]> {
  const reverts = new Map<string, Reverted>()
  const changed: { entity: BulkEntity; id: string }[] = []
  const current = new Map<BulkEntity, Map<string, Row>>()
  for (const entity of new Set(entries.map((entry) => entry.entity as BulkEntity))) {
    const ids = new Set(entries.flatMap((entry) => (entry.entity === entity ? entry.id : [])))
    current.set(entity, await currentRows(tx, ctx, entity, ids))
  }
  for (const [index, entry] of entries.entries()) {
    if (index % readAtOnce === 0) await breathe()
    const { id, version } = entry
    const entity = entry.entity as BulkEntity
    const before = current.get(entity)?.get(id)
    const known = reverts.get(`${entity} ${id}`)
    if (!before || (!known && before.version !== version)) changed.push({ entity, id })
    else {
      const after = { ...(known?.after ?? before), ...fieldsBefore(entry, ctx.now), version: before.version + 1 }
      reverts.set(`${entity} ${id}`, derived({ entity, before, after: after as Row }))
    }
  }
  if (changed.length) throw new DomainError('undo.changed', { records: changed })
  return [...reverts.values()]
}

function derived({ entity, before, after }: Reverted): Reverted {
  const { derive } = (undoable[entity] as Undoable).kind
  return { entity, before, after: { ...after, ...derive?.(after as never) } as Row }
}

const writtenAtOnce = 200

/** Neighbors of one entity are written together, in their order. */
async function write(tx: Transaction, reverts: readonly Reverted[]): Promise<void> {
  let run: Reverted[] = []
  const flush = async () => {
    for (const batch of inBatches(run, writtenAtOnce)) {
      const { entity } = batch[0] as Reverted
      await tx.replaceAll(
        journaledTables[entity],
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
 * held before. `undo.changed` when any of them, or what has come to stand on them, is not as the operation left it.
 */
export function undoOperation(ctx: MutationContext, { operationId }: UndoInput) {
  return mutate(
    ctx,
    async (tx) => {
      await requireOperation(tx, ctx, operationId)
      const entries = await entriesOf(tx, ctx, operationId)
      if (!entries.length) throw new DomainError('operation.not_found')
      for (const entity of new Set(entries.map((entry) => entry.entity))) ruleOf(ctx, entity)
      const reverts = await revertsOf(tx, ctx, entries)
      const made = await beforeUndo(tx, ctx, reverts)
      await write(tx, reverts)
      return [...made, ...reverts, ...(await afterUndo(tx, ctx, reverts))]
    },
    async (_, changed) => ({ operationId: ctx.operation.id, changed: changed.length }),
  )
}
