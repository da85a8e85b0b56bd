import { and, eq } from 'drizzle-orm'
import { studentPhotos } from '../../db/schema/index.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { scopeOf, scopeValues } from '../scope.ts'
import { studentRecord } from '../students/read.ts'

/** The photo that the student has now; undefined where it is another one, or the actor may not see the student. */
export async function readPhoto(ctx: Context, studentId: string, hash: string): Promise<Buffer | undefined> {
  const { db, school, actor } = ctx
  const values = { schoolId: school.id, id: studentId, today: today(ctx), ...scopeValues(actor) }
  const [student] = await studentRecord(db, scopeOf(actor), values)
  if (student?.photo !== hash) return undefined
  const [photo] = await db
    .select({ content: studentPhotos.content })
    .from(studentPhotos)
    .where(and(eq(studentPhotos.schoolId, school.id), eq(studentPhotos.hash, hash)))
  return photo && Buffer.from(photo.content, 'base64')
}
