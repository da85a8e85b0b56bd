import { and, eq, inArray, isNull, notInArray, or } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { studentPhotos, students } from '../../db/schema/index.ts'

const hashesOf = async (tx: Reader, schoolId: number, ids: readonly string[]): Promise<string[]> => {
  const rows = await tx
    .select({ photo: students.photo })
    .from(students)
    .where(and(eq(students.schoolId, schoolId), inArray(students.id, [...ids])))
  return rows.flatMap(({ photo }) => photo ?? [])
}

/** Another student who has it: one picture can be of two. */
async function otherWith(tx: Reader, schoolId: number, hash: string, ids: readonly string[]) {
  const [other] = await tx
    .select({ id: students.id })
    .from(students)
    .where(
      and(
        eq(students.schoolId, schoolId),
        eq(students.photo, hash),
        isNull(students.erasedAt),
        notInArray(students.id, [...ids]),
      ),
    )
    .limit(1)
  return other?.id
}

/** Deletes the photos of students who are being erased, also those that they had before. */
export async function forgetPhotos(tx: Transaction, schoolId: number, ids: readonly string[]): Promise<void> {
  const here = eq(studentPhotos.schoolId, schoolId)
  const own = await hashesOf(tx, schoolId, ids)
  const theirs = or(
    inArray(studentPhotos.studentId, [...ids]),
    ...(own.length ? [inArray(studentPhotos.hash, own)] : []),
  )
  const found = await tx.select({ hash: studentPhotos.hash }).from(studentPhotos).where(and(here, theirs))
  for (const { hash } of found) {
    const studentId = await otherWith(tx, schoolId, hash, ids)
    const one = and(here, eq(studentPhotos.hash, hash))
    if (studentId) await tx.update(studentPhotos).set({ studentId }).where(one)
    else await tx.delete(studentPhotos).where(one)
  }
}
