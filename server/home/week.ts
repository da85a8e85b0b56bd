import { and, eq, exists, gte, isNotNull, lt, sql } from 'drizzle-orm'
import { journal, operations } from '../../db/schema/index.ts'
import type { Role } from '../../db/values.ts'
import { roles } from '../../db/values.ts'
import { addDays, dayAfter, daysFrom, startOfDay, today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { visible } from '../history/visible.ts'
import type { SchoolChanges } from '../journal/kept.ts'
import { kept } from '../journal/kept.ts'
import { fillJournal } from '../kinds.ts'

interface Day {
  date: string
  count: number
}

const rangeOf = ({ school }: Context, from: string, to: string) => [
  gte(operations.at, startOfDay(from, school.timeZone)),
  lt(operations.at, startOfDay(dayAfter(to), school.timeZone)),
]

async function countDays(ctx: Context, from: string, to: string): Promise<Day[]> {
  const { db, school, actor } = ctx
  const days = daysFrom(from, to)
  const seen = db
    .select({ one: sql`1` })
    .from(journal)
    .where(and(eq(journal.schoolId, school.id), eq(journal.operationId, operations.id), visible(actor)))
  const sums = days.map((day) => sql`sum(case when ${and(...rangeOf(ctx, day, day))} then 1 else 0 end)`)
  const [row] = await db
    .select({ counts: sql<string>`${sql.join(sums, sql` || ',' || `)}` })
    .from(operations)
    .where(
      and(eq(operations.schoolId, school.id), isNotNull(operations.number), ...rangeOf(ctx, from, to), exists(seen)),
    )
  const counts = row?.counts?.split(',') ?? []
  return days.map((date, index) => ({ date, count: Number(counts[index] ?? 0) }))
}

/** What was done until the day before yesterday changes no more; what began before midnight may be saved after it. What a role sees is kept, whatever the scopes of a token. */
const readPast = (ctx: Context) => countDays(ctx, addDays(today(ctx), -6), addDays(today(ctx), -2))
const pastFor = Object.fromEntries(roles.map((role) => [role, kept([], readPast)])) as Record<
  Role,
  ReturnType<typeof kept<Day[]>>
>

export async function readWeekFigure(ctx: Context, since: Promise<SchoolChanges>): Promise<Day[]> {
  await fillJournal(ctx.db, ctx.school.id)
  const [past, latest] = await Promise.all([
    ctx.actor.scopes ? readPast(ctx) : pastFor[ctx.actor.role](ctx, since),
    countDays(ctx, addDays(today(ctx), -1), today(ctx)),
  ])
  return [...past, ...latest]
}
