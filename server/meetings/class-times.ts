/** When and where classes meet, in short: what tells those of one title apart when one is chosen. */
import { and, asc, gte, inArray, isNull, or, sql } from 'drizzle-orm'
import { fewBy, inUse, refersTo } from '../../db/rows.ts'
import { classes, meetings } from '../../db/schema/index.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { grouped } from '../grouped.ts'
import { usualTimes } from './held-on.ts'
import type { ClassTimesInput } from './input.ts'
import { roomNames } from './read.ts'
import { readSchoolDays } from './school-days.ts'

const meetingsFrom = ({ db, school }: Context, classIds: string[], day: string) =>
  db
    .select({
      classId: meetings.classId,
      weekday: meetings.weekday,
      cycleDay: meetings.cycleDay,
      periodId: meetings.periodId,
      startTime: meetings.startTime,
      endTime: meetings.endTime,
      validFrom: meetings.validFrom,
      roomId: sql<string | null>`coalesce(${meetings.roomId}, ${classes.roomId})`,
    })
    .from(meetings)
    .innerJoin(classes, refersTo(meetings.classId, classes))
    .where(
      and(
        inUse(meetings, school.id, inArray(meetings.classId, classIds)),
        isNull(classes.archivedAt),
        or(isNull(meetings.validTo), gte(meetings.validTo, day)),
      ),
    )
    .orderBy(fewBy(meetings.startTime), asc(meetings.weekday), asc(meetings.cycleDay), asc(meetings.id))

/** As they are today, or where a class meets later only, as it begins. Times of a period are those of the usual bells. */
export async function readClassTimes(ctx: Context, { classIds }: ClassTimesInput) {
  const day = today(ctx)
  const rows = await meetingsFrom(ctx, classIds, day)
  const of = await readSchoolDays(ctx.db, ctx.school.id, { beginDate: day, endDate: day })
  const names = await roomNames(ctx.db, ctx.school.id, rows)
  return [...grouped(rows, ({ classId }) => classId)].flatMap(([classId, all]) => {
    const begins = all.map(({ validFrom }) => validFrom).reduce((a, b) => (a < b ? a : b))
    const from = begins > day ? begins : day
    return all
      .filter(({ validFrom }) => validFrom <= from)
      .map((row) => ({
        ...{ classId, weekday: row.weekday, cycleDay: row.cycleDay, ...usualTimes(of, row) },
        roomName: (row.roomId && names.get(row.roomId)) || null,
      }))
  })
}
