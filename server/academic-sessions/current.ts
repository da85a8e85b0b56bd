import { gte, lte } from 'drizzle-orm'
import { inUse } from '../../db/rows.ts'
import { academicSessions } from '../../db/schema/index.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { byNearness } from './nearness.ts'

/** Returns null between terms. Of several sessions that run, the one that ends first counts. */
export async function currentAcademicSession(ctx: Context) {
  const day = today(ctx)
  const running = await ctx.db
    .select({
      id: academicSessions.id,
      title: academicSessions.title,
      type: academicSessions.type,
      endDate: academicSessions.endDate,
    })
    .from(academicSessions)
    .where(
      inUse(academicSessions, ctx.school.id, lte(academicSessions.startDate, day), gte(academicSessions.endDate, day)),
    )
  const [first] = running.toSorted(byNearness)
  return first ?? null
}
