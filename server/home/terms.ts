import { asc, gte } from 'drizzle-orm'
import { inUse } from '../../db/rows.ts'
import { academicSessions } from '../../db/schema/index.ts'
import { byNearness } from '../academic-sessions/nearness.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'

export async function readTerms(ctx: Context) {
  const day = today(ctx)
  const open = await ctx.db
    .select({
      id: academicSessions.id,
      title: academicSessions.title,
      type: academicSessions.type,
      startDate: academicSessions.startDate,
      endDate: academicSessions.endDate,
    })
    .from(academicSessions)
    .where(inUse(academicSessions, ctx.school.id, gte(academicSessions.endDate, day)))
    .orderBy(asc(academicSessions.startDate), asc(academicSessions.endDate), asc(academicSessions.id))
  const [current] = open.filter(({ startDate }) => startDate <= day).toSorted(byNearness)
  const next = open.find(({ startDate }) => startDate > day)
  return { open, current, next }
}
export type Terms = Awaited<ReturnType<typeof readTerms>>
