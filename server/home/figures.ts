import type { Permission } from '../access.ts'
import { allows } from '../access.ts'
import type { Context } from '../context.ts'
import { changesNow } from '../journal/kept.ts'
import { scopeOf } from '../scope.ts'
import { readEnrollmentFigure } from './enrollment.ts'
import { readSeatsFigure } from './seats-left.ts'
import { readWeekFigure } from './week.ts'

/** What people rather look at than read. Each is of the whole school, and null for those who may not read the list behind it. */
export async function readFigures(ctx: Context) {
  const since = changesNow(ctx)
  const isWide = scopeOf(ctx.actor) === 'all'
  const may = (...permissions: Permission[]) => isWide && permissions.every((one) => allows(ctx.actor, one))
  const [enrollment, seats, week] = await Promise.all([
    may('student.read') ? readEnrollmentFigure(ctx, since) : null,
    may('class.read', 'department.read') ? readSeatsFigure(ctx, since) : null,
    may('journal.read') ? readWeekFigure(ctx, since) : null,
  ])
  return { enrollment, seats, week }
}
