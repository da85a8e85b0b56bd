import type { SQL } from 'drizzle-orm'
import { eq } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { classes, rooms } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { countOf } from '../records/in-use.ts'
import type { ListRecordsInput } from '../records/input.ts'
import { inOrder, listed, required, theOne } from '../records/read.ts'

const roomsWhere = (db: Reader, condition: SQL | undefined) =>
  db
    .select({
      id: rooms.id,
      name: rooms.name,
      seats: rooms.seats,
      classes: countOf(db, classes, rooms.schoolId, eq(classes.roomId, rooms.id)),
      version: rooms.version,
      archivedAt: rooms.archivedAt,
    })
    .from(rooms)
    .where(condition)

export async function listRooms(ctx: Context, input: ListRecordsInput) {
  const rows = await roomsWhere(ctx.db, listed(rooms, ctx, input))
  return inOrder(rows, ({ name }) => name).map(({ archivedAt: _, ...row }) => row)
}

export const readRoom = async (db: Reader, ctx: Context, id: string) =>
  required(await roomsWhere(db, theOne(rooms, ctx, id)), 'room.not_found')
