import type { Transaction } from '../../db/database.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { mutate } from '../journal/operation.ts'
import type { SeenVersion } from '../records/input.ts'
import { currentRecord, seenRecord } from '../records/write.ts'
import { studentKind } from '../students/kind.ts'
import { readStudent } from '../students/read.ts'
import type { MergeInput } from './input.ts'
import { planMerge, writePlan } from './plan.ts'

async function seenStudent(tx: Transaction, ctx: MutationContext, seen: SeenVersion) {
  await currentRecord(tx, studentKind, ctx.school.id, seen.id)
  return seenRecord(tx, studentKind, ctx, seen)
}

/** No row is made or deleted, so that an undo gives every row its fields back. */
export function mergeStudents(ctx: MutationContext, { id, version, intoId, intoVersion, take }: MergeInput) {
  if (id === intoId) throw new DomainError('merge.same')
  return mutate(
    ctx,
    { deed: 'merge', about: 'student' },
    async (tx) => {
      const gone = await seenStudent(tx, ctx, { id, version })
      const kept = await seenStudent(tx, ctx, { id: intoId, version: intoVersion })
      return writePlan(tx, ctx, await planMerge(tx, ctx, { gone, kept }, take))
    },
    async (tx) => ({ operationId: ctx.operation.id, student: await readStudent(tx, ctx, intoId) }),
  )
}
