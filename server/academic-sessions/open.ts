import { asc, gte } from 'drizzle-orm'
import { inUse } from '../../db/rows.ts'
import { academicSessions } from '../../db/schema/index.ts'
import type { academicSessionTypes } from '../../db/values.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'

type SessionType = (typeof academicSessionTypes)[number]
/** People say "this term" of the first kind that the school has: one without terms has semesters, or only a year. */
const nearest: readonly SessionType[] = ['term', 'semester', 'gradingPeriod', 'schoolYear']

interface Running {
  id: string
  type: SessionType
  endDate: string
}
const byNearness = (a: Running, b: Running): number =>
  nearest.indexOf(a.type) - nearest.indexOf(b.type) ||
  (a.endDate === b.endDate ? (a.id < b.id ? -1 : 1) : a.endDate < b.endDate ? -1 : 1)

/** The sessions that have not ended. Of several that run, the one that ends first is the current one. */
export async function readTerms(ctx: Context) {
  const day = today(ctx)
  const { id, title, type, startDate, endDate } = academicSessions
  const open = await ctx.db
    .select({ id, title, type, startDate, endDate })
    .from(academicSessions)
    .where(inUse(academicSessions, ctx.school.id, gte(endDate, day)))
    .orderBy(asc(startDate), asc(endDate), asc(id))
  const [current] = open.filter((term) => term.startDate <= day).toSorted(byNearness)
  const next = open.find((term) => term.startDate > day)
  return { open, current, next }
}
export type Terms = Awaited<ReturnType<typeof readTerms>>

export async function currentAcademicSession(ctx: Context) {
  const { current } = await readTerms(ctx)
  return current ? { id: current.id, title: current.title, type: current.type, endDate: current.endDate } : null
}
