import type { MutationContext } from '../context.ts'
import { mutate } from '../journal/operation.ts'
import { referredRecord } from '../records/refer.ts'
import { enrollmentKind } from './kind.ts'
import { promotedBy } from './read.ts'
import { promoteWaiting } from './seats.ts'

/** Seats become free by themselves when a last day passes. */
export const promote = (ctx: MutationContext, id: string) =>
  mutate(
    ctx,
    { deed: 'enroll', about: 'enrollment', isOfOne: true },
    async (tx) => {
      await referredRecord(tx, enrollmentKind, 'classId', ctx.school.id, id)
      return promoteWaiting(tx, ctx, id)
    },
    async (tx, changed) => ({ promoted: await promotedBy(tx, ctx, changed) }),
  )
