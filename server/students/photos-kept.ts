import { and, eq, inArray } from 'drizzle-orm'
import { studentPhotos, students } from '../../db/schema/index.ts'
import { DomainError } from '../errors.ts'
import type { Undoing } from '../records/undoing.ts'

/** Refuses to give a student back a photo that is not kept any more. */
export async function photosKept({ tx, ctx, pairs }: Undoing): Promise<[]> {
  const back = pairs({ entity: 'student', table: students }).flatMap(({ before, after }) =>
    after.photo && after.photo !== before.photo ? [after.photo] : [],
  )
  const wanted = [...new Set(back)]
  if (!wanted.length) return []
  const found = await tx
    .select({ hash: studentPhotos.hash })
    .from(studentPhotos)
    .where(and(eq(studentPhotos.schoolId, ctx.school.id), inArray(studentPhotos.hash, wanted)))
  if (found.length < wanted.length) throw new DomainError('photo.gone')
  return []
}
