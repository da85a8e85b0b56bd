import { and, asc, eq, sql } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { journal, operations } from '../../db/schema/index.ts'
import type { MutationContext, RecordRef } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Begun } from './append.ts'
import { append, beginning, rightsOf } from './append.ts'
import type { Change, Did } from './entry.ts'
import { isInputOf } from './input-hash.ts'

export interface Changed extends RecordRef {
  version: number
}

/** One transaction under the school's lock. The same request again writes nothing; another under its key is a `conflict`. `answer` runs beside the journaling and must not read these entries. */
export async function mutate<T>(
  ctx: MutationContext,
  did: Did,
  write: (tx: Transaction) => Promise<Change[]>,
  answer: (tx: Reader, changed: Changed[]) => Promise<T>,
): Promise<T> {
  const { school, actor } = ctx
  const operation = { ...ctx.operation, ...did, actorId: actor.userId }
  const { statement, head: headOf } = beginning(school.id, operation, sql.placeholder('at'))
  const work = async (tx: Transaction, begun: Begun[]) => {
    const head = headOf(begun)
    requireSameRights(ctx, begun[0] ?? (await rightsNow(tx, ctx)))
    if (!head) {
      const changed = await repeated(tx, ctx)
      return { changed, answered: await answer(tx, changed) }
    }
    const changes = await write(tx)
    const changed = changes.map(({ entity, after }) => ({ entity, id: String(after.id), version: after.version }))
    const [, answered] = await Promise.all([append(tx, school.id, head, changes), answer(tx, changed)])
    return { changed, answered }
  }
  const late = () => ({ at: ctx.clock?.() ?? new Date() })
  const { changed, answered } = await ctx.db.transaction(school.id, work, statement, late)
  ctx.onChanged?.(changed)
  return answered
}

/** The guard looked before the lock: what was queued behind somebody's demotion must not be done any more. */
function requireSameRights({ actor }: MutationContext, begun: Pick<Begun, 'rights'> | undefined): void {
  if (actor.userId !== null && begun?.rights !== `${actor.role} ${actor.instructorId ?? ''}`)
    throw new DomainError('permission.changed')
}

async function rightsNow(tx: Reader, { school, actor }: MutationContext) {
  if (actor.userId === null) return undefined
  const [row] = await tx.rows<Pick<Begun, 'rights'>>(sql`select ${rightsOf(school.id, actor.userId)} as rights`)
  return row
}

async function repeated(tx: Reader, { school, actor, operation }: MutationContext): Promise<Changed[]> {
  const [first] = await tx
    .select({
      actorId: operations.actorId,
      procedure: operations.procedure,
      inputHash: operations.inputHash,
      inputSalt: operations.inputSalt,
    })
    .from(operations)
    .where(and(eq(operations.schoolId, school.id), eq(operations.id, operation.id)))
  const same =
    first?.actorId === actor.userId && first.procedure === operation.procedure && isInputOf(first, operation.inputHash)
  if (!same) throw new DomainError('operation.key_reused')
  return tx
    .select({ entity: journal.entity, id: journal.entityId, version: journal.version })
    .from(journal)
    .where(and(eq(journal.schoolId, school.id), eq(journal.operationId, operation.id)))
    .orderBy(asc(journal.number))
}
