import type { SQL } from 'drizzle-orm'
import { and, gte, inArray, isNull, or } from 'drizzle-orm'
import { meetings } from '../../db/schema/index.ts'
import { dayBefore, today } from '../calendar.ts'
import type { WhenArchived } from '../records/declaration.ts'
import { changeInUse, cleared, inUseOf } from '../records/in-use.ts'
import { rowsWhere } from '../records/kind.ts'
import { addRows, changeRows } from '../records/write.ts'

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
    const held = and(isNull(meetings.archivedAt), inArray(column, [...ids]), isHeldFrom(day))
    const rows = await rowsWhere(tx, kind, ctx.school.id, held)
    const split = rows.filter(({ validFrom }) => validFrom < day)
    const onward = split.map(({ classId, weekday, cycleDay, periodId, startTime, endTime, validTo }) => ({
      ...{ classId, weekday, cycleDay, periodId, startTime, endTime, validTo },
      validFrom: day,
    }))
    return [
      ...(await changeRows(tx, kind, split, { validTo: dayBefore(day) })),
      ...(await changeRows(
        tx,
        kind,
        rows.filter(({ validFrom }) => validFrom >= day),
        { roomId: null },
      )),
      ...(await addRows(tx, kind, ctx.school.id, onward)),
    ]
  },
}

/** Its meetings go on at their own times. */
export const whenPeriodArchived: WhenArchived<typeof meetings> = cleared('periodId', meetings.startTime)
