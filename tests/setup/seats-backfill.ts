/** A backfill of a column that the register has already, as if a step had just added it. */
import { isNull } from 'drizzle-orm'
import { rooms } from '../../db/schema/index.ts'
import { columnFill } from '../../server/backfills/backfill.ts'

export const seatsBackfill = columnFill({
  name: 'room_seats',
  since: '0024_backfills',
  table: rooms,
  columns: ['seats'],
  isLeft: isNull(rooms.seats),
  values: (rows) => rows.map(({ name }) => ({ seats: name.length })),
})
