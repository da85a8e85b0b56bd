/** Photos that no student has stay for a day: their upload may have been the first step of two, and an undo may want them back. */
import { and, eq, lt, notExists, sql } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { studentPhotos, students } from '../../db/schema/index.ts'

const day = 24 * 3_600_000

export async function sweepPhotos(db: Database, now: Date): Promise<void> {
  await db.transaction(noSchool, async (tx) => {
    const used = tx
      .select({ one: sql`1` })
      .from(students)
      .where(and(eq(students.schoolId, studentPhotos.schoolId), eq(students.photo, studentPhotos.hash)))
    await tx.delete(studentPhotos).where(and(lt(studentPhotos.usedAt, new Date(now.getTime() - day)), notExists(used)))
  })
}
