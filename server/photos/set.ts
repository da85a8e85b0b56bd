import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { mutate } from '../journal/operation.ts'
import { changeRows, seenRecord } from '../records/write.ts'
import { studentKind } from '../students/kind.ts'
import { holdPhotos } from '../students/photos-kept.ts'
import { readStudent } from '../students/read.ts'
import type { SetPhotoInput } from './input.ts'

/** The photo before stays for a day, for an undo. */
export function setPhoto(ctx: MutationContext, { id, version, photo }: SetPhotoInput) {
  const { school, now } = ctx
  return mutate(
    ctx,
    { deed: 'change', about: 'student' },
    async (tx) => {
      const before = await seenRecord(tx, studentKind, ctx, { id, version })
      const held = await holdPhotos(tx, { schoolId: school.id, now }, [before.photo, photo])
      if (photo && !held.has(photo)) throw new DomainError('photo.not_found')
      return changeRows(tx, studentKind, [before], { photo })
    },
    (tx) => readStudent(tx, ctx, id),
  )
}
