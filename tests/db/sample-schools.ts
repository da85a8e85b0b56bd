/** Schools and rooms to write into, without a person or a journal. */
import { and, eq } from 'drizzle-orm'
import type { Database, Reader, Transaction } from '../../db/database.ts'
import { register } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { rooms, schools } from '../../db/schema/index.ts'

export const school = (id: number) => ({
  id,
  name: `School ${id}`,
  slug: `school-${id}`,
  timeZone: 'UTC',
  locale: 'en',
})

export const addSchools = (db: Database, ids: readonly number[]): Promise<void> =>
  db.transaction(register, async (tx) => {
    await tx.insert(schools).values(ids.map(school))
  })

export async function addRoom(tx: Transaction, schoolId: number, more: Partial<typeof rooms.$inferInsert> = {}) {
  const id = newId()
  await tx.insert(rooms).values({ schoolId, id, name: `Room ${id}`, ...more })
  return id
}

export const roomCount = (db: Reader, schoolId: number): Promise<number> =>
  db.$count(rooms, eq(rooms.schoolId, schoolId))

export const oneRoom = (schoolId: number, id: string) => and(eq(rooms.schoolId, schoolId), eq(rooms.id, id))

export async function seatsOf(db: Reader, schoolId: number, id: string): Promise<number> {
  const [row] = await db.select({ seats: rooms.seats }).from(rooms).where(oneRoom(schoolId, id))
  return row?.seats ?? 0
}
