import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { changeRows } from '../records/write.ts'
import { enrollmentCore } from './core.ts'
import type { WithdrawInput } from './input.ts'
import { enrollmentWrite, leavingOn, requireKnownStudent } from './write.ts'

export const withdraw = (ctx: MutationContext, { reason, note, endDate, ...seen }: WithdrawInput) =>
  enrollmentWrite(ctx, { deed: 'withdraw', about: 'enrollment', isOfOne: true }, seen, async (tx, before) => {
    if (note) await requireKnownStudent(tx, ctx, before)
    if (before.status !== 'enrolled' && before.status !== 'waitlisted') throw new DomainError('enrollment.not_open')
    const fields = await leavingOn(tx, ctx, before, { withdrawalReason: reason, note, endDate })
    return changeRows(tx, enrollmentCore, [before], fields)
  })
