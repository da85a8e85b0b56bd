import { today } from '../calendar.ts'
import type { MutationContext } from '../context.ts'
import type { SeenVersion } from '../records/input.ts'
import { changeRows } from '../records/write.ts'
import { enrollmentCore, holdsSeat, isWaiting } from './core.ts'
import { enrollmentWrite, makeRoom } from './write.ts'

/** The row goes on as if it had never ended. Throws `class.full` where the seat is taken. */
export const reinstate = (ctx: MutationContext, seen: SeenVersion) =>
  enrollmentWrite(ctx, { deed: 'reinstate', about: 'enrollment', isOfOne: true }, seen, async (tx, before) => {
    if (isWaiting(before) || holdsSeat(before, today(ctx))) return []
    const again = { status: 'enrolled', endDate: null, withdrawalReason: null } as const
    const promoted = await makeRoom(tx, ctx, before, { ...before, ...again })
    return [...promoted, ...(await changeRows(tx, enrollmentCore, [before], again))]
  })
