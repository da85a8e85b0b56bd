import type { SQL } from 'drizzle-orm'
import { and, eq, gte, inArray, isNull, or } from 'drizzle-orm'
import { meetings } from '../../db/schema/index.ts'
import { dayBefore, today } from '../calendar.ts'
import type { Change } from '../journal/entry.ts'
import type { WhenArchived } from '../records/declaration.ts'
import { changeInUse, inUseOf } from '../records/in-use.ts'
import { addRecord, changeRecord } from '../records/write.ts'

const isHeldFrom = (day: string): SQL | undefined => or(isNull(meetings.validTo), gte(meetings.validTo, day))

const inUse: WhenArchived<typeof meetings>['inUse'] = (tx, ctx, ids, { column }) =>
  inUseOf(
    tx,
    'meeting',
    { table: meetings, name: meetings.startTime },
    ctx.school.id,
    and(inArray(column, [...ids]), isHeldFrom(today(ctx))),
  )

/** A meeting ends today; one that would begin later is archived. */
export const whenClassArchived: WhenArchived<typeof meetings> = {
  inUse,
  end: (tx, ctx, ids, { kind, column }) => {
    const day = today(ctx)
    return changeInUse(tx, kind, ctx.school.id, and(inArray(column, [...ids]), isHeldFrom(day)), ({ validFrom }) =>
      validFrom > day ? { archivedAt: ctx.now } : { validTo: day },
    )
  },
}

/** Meetings before today keep their room. */
export const whenRoomArchived: WhenArchived<typeof meetings> = {
  inUse,
  end: async (tx, ctx, ids, { kind, column }) => {
    const day = today(ctx)
    const rows = await tx
      .select()
      .from(meetings)
      .where(
        and(
          eq(meetings.schoolId, ctx.school.id),
          isNull(meetings.archivedAt),
          inArray(column, [...ids]),
          isHeldFrom(day),
        ),
      )
    const changes: Change[] = []
    for (const row of rows) {
      if (row.validFrom >= day) {
        changes.push(...(await changeRecord(tx, kind, row, { roomId: null })))
        continue
      }
      const { classId, weekday, cycleDay, startTime, endTime, validTo } = row
      changes.push(...(await changeRecord(tx, kind, row, { validTo: dayBefore(day) })))
      const onward = { classId, weekday, cycleDay, startTime, endTime, validFrom: day, validTo }
      changes.push(await addRecord(tx, kind, ctx.school.id, onward))
    }
    return changes
  },
}
