import { and, eq } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { studentPhotos } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { mutate } from '../journal/operation.ts'
import { changeRows, seenRecord } from '../records/write.ts'
import { studentKind } from '../students/kind.ts'
import { readStudent } from '../students/read.ts'
import type { SetPhotoInput } from './input.ts'

const of = (schoolId: number, hash: string) => and(eq(studentPhotos.schoolId, schoolId), eq(studentPhotos.hash, hash))

async function requirePhoto(tx: Reader, schoolId: number, hash: string): Promise<void> {
  const [found] = await tx.select({ hash: studentPhotos.hash }).from(studentPhotos).where(of(schoolId, hash))
  if (!found) throw new DomainError('photo.not_found')
}

/** The photo before stays for a day, for an undo. */
export function setPhoto(ctx: MutationContext, { id, version, photo }: SetPhotoInput) {
  const { school, now } = ctx
  return mutate(
    ctx,
    { deed: 'change', about: 'student' },
    async (tx) => {
      const before = await seenRecord(tx, studentKind, ctx, { id, version })
      if (photo) await requirePhoto(tx, school.id, photo)
      if (before.photo) await tx.update(studentPhotos).set({ usedAt: now }).where(of(school.id, before.photo))
      return changeRows(tx, studentKind, [before], { photo })
    },
    (tx) => readStudent(tx, ctx, id),
  )
}
