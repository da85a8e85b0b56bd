import { today } from '../calendar.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { changeRows } from '../records/write.ts'
import { enrollmentCore, hasSat, leaving } from './core.ts'
import type { WithdrawInput } from './input.ts'
import { enrollmentWrite, lastDay, requireKnownStudent } from './write.ts'

export const withdraw = (ctx: MutationContext, { reason, note, endDate: chosen, ...seen }: WithdrawInput) =>
  enrollmentWrite(ctx, { deed: 'withdraw', about: 'enrollment', isOfOne: true }, seen, async (tx, before) => {
    if (note) await requireKnownStudent(tx, ctx, before)
    if (before.status !== 'enrolled' && before.status !== 'waitlisted') throw new DomainError('enrollment.not_open')
    const endDate = hasSat(before, today(ctx)) ? await lastDay(tx, ctx, before, chosen) : today(ctx)
    return changeRows(tx, enrollmentCore, [before], leaving(before, ctx, { withdrawalReason: reason, note, endDate }))
  })
