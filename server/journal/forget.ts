import type { SQL } from 'drizzle-orm'
import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { journal, journalValues, operations } from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'
import type { MutationContext } from '../context.ts'
import { inBatches } from './bulk.ts'
import { forgottenSalt } from './input-hash.ts'

/** Without its salt nobody can guess the input. Operations older than salts have only the hash. */
async function forgetInputs(tx: Transaction, { school }: MutationContext, which: SQL): Promise<void> {
  await tx
    .update(operations)
    .set({ inputSalt: forgottenSalt })
    .where(and(eq(operations.schoolId, school.id), isNotNull(operations.inputSalt), which))
}

export const forgetOwnInput = (tx: Transaction, ctx: MutationContext): Promise<void> =>
  forgetInputs(tx, ctx, eq(operations.id, ctx.operation.id))

export async function forgetRecords(
  tx: Transaction,
  ctx: MutationContext,
  entity: JournalEntity,
  ids: readonly string[],
): Promise<void> {
  const schoolId = ctx.school.id
  for (const batch of inBatches(ids)) {
    const about = and(eq(journal.schoolId, schoolId), eq(journal.entity, entity), inArray(journal.entityId, batch))
    const numbers = tx.select({ number: journal.number }).from(journal).where(about)
    await tx
      .delete(journalValues)
      .where(and(eq(journalValues.schoolId, schoolId), inArray(journalValues.number, numbers)))
    const changedBy = tx.select({ id: journal.operationId }).from(journal).where(about)
    await forgetInputs(tx, ctx, inArray(operations.id, changedBy))
  }
}
