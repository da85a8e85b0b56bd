import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { changeRows } from '../records/write.ts'
import { enrollmentCore } from './core.ts'
import type { CompleteInput } from './input.ts'
import { enrollmentWrite, lastDay } from './write.ts'

/** The seat goes to the first who waits, unless the class is over. */
export const complete = (ctx: MutationContext, { grade, endDate, ...seen }: CompleteInput) =>
  enrollmentWrite(ctx, { deed: 'complete', about: 'enrollment', isOfOne: true }, seen, async (tx, before) => {
    if (before.status !== 'enrolled') throw new DomainError('enrollment.not_open')
    const completed = { status: 'completed', endDate: await lastDay(tx, ctx, before, endDate), grade } as const
    return changeRows(tx, enrollmentCore, [before], completed)
  })
