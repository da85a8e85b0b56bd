import { asc } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { inUse } from '../../db/rows.ts'
import { bellSchedules, bellTimes, periods } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { grouped } from '../grouped.ts'

/** In the order of the day; the usual bell schedule comes first. */
export async function listPeriods(db: Reader, { school }: Pick<Context, 'school'>) {
  const [own, schedules, times] = await Promise.all([
    db
      .select({ id: periods.id, code: periods.code, name: periods.name, version: periods.version })
      .from(periods)
      .where(inUse(periods, school.id))
      .orderBy(asc(periods.position), asc(periods.id)),
    db
      .select({
        id: bellSchedules.id,
        name: bellSchedules.name,
        isDefault: bellSchedules.isDefault,
        version: bellSchedules.version,
      })
      .from(bellSchedules)
      .where(inUse(bellSchedules, school.id))
      .orderBy(asc(bellSchedules.name)),
    db
      .select({
        bellScheduleId: bellTimes.bellScheduleId,
        periodId: bellTimes.periodId,
        startTime: bellTimes.startTime,
        endTime: bellTimes.endTime,
        countsMinutes: bellTimes.countsMinutes,
      })
      .from(bellTimes)
      .where(inUse(bellTimes, school.id))
      .orderBy(asc(bellTimes.startTime)),
  ])
  const bySchedule = grouped(times, ({ bellScheduleId }) => bellScheduleId)
  const usualFirst = schedules.toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault))
  return {
    periods: own,
    schedules: usualFirst.map((one) => ({
      ...one,
      times: (bySchedule.get(one.id) ?? []).map(({ bellScheduleId: _, ...time }) => time),
    })),
  }
}
