import { and, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { studentPhotos, students } from '../../db/schema/index.ts'
import { DomainError } from '../errors.ts'
import { idsOf } from '../records/kind.ts'
import type { Undoing } from '../records/undoing.ts'

interface Held {
  schoolId: number
  now: Date
}

/** Photos that a student gets, or that are taken off one, are not swept for a day from now. Answers those that are kept. */
export async function holdPhotos(
  tx: Transaction,
  { schoolId, now }: Held,
  hashes: readonly (string | null)[],
): Promise<Set<string>> {
  const wanted = [...new Set(hashes.flatMap((hash) => hash ?? []))].toSorted()
  if (!wanted.length) return new Set()
  const held = await tx
    .update(studentPhotos)
    .set({ usedAt: now })
    .where(and(eq(studentPhotos.schoolId, schoolId), inArray(studentPhotos.hash, wanted)))
    .returning({ id: studentPhotos.hash })
  return new Set(idsOf(held))
}

/** Refuses to give a student back a photo that is not kept any more. */
export async function photosKept({ tx, ctx, pairs }: Undoing): Promise<[]> {
  const changed = pairs({ entity: 'student', table: students }).filter(
    ({ before, after }) => after.photo !== before.photo,
  )
  const held = await holdPhotos(
    tx,
    { schoolId: ctx.school.id, now: ctx.now },
    changed.flatMap(({ before, after }) => [before.photo, after.photo]),
  )
  if (changed.some(({ after }) => after.photo && !held.has(after.photo))) throw new DomainError('photo.gone')
  return []
}
