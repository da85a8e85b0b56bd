import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import { classes, rooms } from '../../db/schema/index.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { takenSeats } from '../enrollments/seats.ts'
import type { Slot } from './input.ts'

const p = sql.placeholder

const seatsOfClass = prepared((db, _shape: 'one') =>
  db
    .select({ capacity: classes.capacity, taken: takenSeats(db, classes.schoolId, classes.id) })
    .from(classes)
    .where(and(eq(classes.schoolId, p('schoolId')), eq(classes.id, p('id')))),
)

/** A small room is only a warning: people do squeeze in. */
export async function tooSmallRooms(db: Reader, ctx: Context, classId: string, wanted: readonly Slot[]) {
  const ids = [...new Set(wanted.flatMap(({ roomId }) => roomId ?? []))]
  if (!ids.length) return []
  const [size] = await seatsOfClass(db, 'one', { schoolId: ctx.school.id, id: classId, today: today(ctx) })
  const needed = Math.max(size?.capacity ?? 0, size?.taken ?? 0)
  const found = await db
    .select({ id: rooms.id, name: rooms.name, seats: rooms.seats })
    .from(rooms)
    .where(and(eq(rooms.schoolId, ctx.school.id), inArray(rooms.id, ids)))
  return wanted.flatMap(({ roomId }, place) => {
    const room = found.find(({ id }) => id === roomId)
    if (!room || room.seats === null || room.seats >= needed) return []
    return [{ kind: 'seats' as const, place, roomName: room.name, seats: room.seats, needed }]
  })
}
