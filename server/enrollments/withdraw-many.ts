import type { enrollments } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import { mutate } from '../journal/operation.ts'
import { manyAnswer } from '../records/many.ts'
import type { Edit } from '../records/write.ts'
import { replaceRows } from '../records/write.ts'
import { enrollmentCore } from './core.ts'
import type { WithdrawManyInput } from './input.ts'
import { openRows } from './open-rows.ts'
import { promotedBy } from './read.ts'
import { promoteWaitingIn } from './seats.ts'
import { leavingOn } from './write.ts'

/** All or none leave their classes, and free seats go to those who wait. Throws `many.refused` with a reason for each. */
export const withdrawMany = (ctx: MutationContext, { items, reason, endDate }: WithdrawManyInput) =>
  mutate(
    ctx,
    { deed: 'withdraw', about: 'enrollment' },
    async (tx) => {
      const edits = await openRows(tx, ctx, items, async (before): Promise<Edit<typeof enrollments>> => {
        return { before, fields: await leavingOn(tx, ctx, before, { withdrawalReason: reason, endDate }) }
      })
      const left = await replaceRows(tx, enrollmentCore, edits)
      return [...left, ...(await promoteWaitingIn(tx, ctx, new Set(edits.map(({ before }) => before.classId))))]
    },
    async (tx, changed) => {
      const named = new Set(items.map(({ id }) => id))
      const promoted = await promotedBy(tx, ctx, changed)
      return {
        ...manyAnswer(ctx, enrollmentCore, changed, items),
        changed: items.length,
        promoted: promoted.filter(({ id }) => !named.has(id)),
      }
    },
  )
