import { createHash } from 'node:crypto'
import { noSchool } from '../../db/database.ts'
import { studentPhotos } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { requireStudent } from '../students/read.ts'
import type { UploadPhotoInput } from './input.ts'
import { largestPhoto, photoSize } from './input.ts'
import { plainJpeg } from './jpeg.ts'

const smallest = 16

function readPhoto(content: string) {
  const bytes = Buffer.from(content, 'base64')
  const jpeg = bytes.length <= largestPhoto ? plainJpeg(bytes) : undefined
  if (!jpeg) throw new DomainError('photo.invalid')
  const { width, height } = jpeg
  if (Math.min(width, height) < smallest || width > photoSize.width || height > photoSize.height)
    throw new DomainError('photo.invalid')
  return jpeg
}

/** Keeps the photo, without the school's lock, until a student has it; one that nobody takes is swept after a day. */
export async function uploadPhoto(ctx: MutationContext, { studentId, content }: UploadPhotoInput) {
  const { db, school, now } = ctx
  const { erasedAt } = await requireStudent(ctx, studentId)
  if (erasedAt) throw new DomainError('record.erased')
  const { bytes, width, height } = readPhoto(content)
  const hash = createHash('sha256').update(bytes).digest('hex')
  const row = { schoolId: school.id, hash, studentId, width, height, content: bytes.toString('base64'), usedAt: now }
  await db.transaction(noSchool, async (tx) => {
    await tx
      .insert(studentPhotos)
      .values(row)
      .onConflictDoUpdate({ target: [studentPhotos.schoolId, studentPhotos.hash], set: { usedAt: now } })
  })
  return { hash, width, height }
}
