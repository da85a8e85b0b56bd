import { and, eq, inArray } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { students } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { mutate } from '../journal/operation.ts'
import { dependentsOf, kinds } from '../kinds.ts'
import { erasableRecord, erasePeople } from '../records/erase.ts'
import type { EraseInput } from '../records/input.ts'
import { idsOf } from '../records/kind.ts'
import { keepErased } from '../schools/student-numbers.ts'
import { forgetPhotos } from './forget-photos.ts'
import { studentKind } from './kind.ts'
import { readStudent } from './read.ts'

/** Records that were merged into hers, or into those, are erased too. */
async function recordsOf(tx: Reader, schoolId: number, id: string): Promise<string[]> {
  const all = new Set([id])
  for (let last = [id]; last.length; ) {
    const merged = await tx
      .select({ id: students.id })
      .from(students)
      .where(and(eq(students.schoolId, schoolId), inArray(students.mergedIntoId, last)))
    last = idsOf(merged).filter((one) => !all.has(one))
    for (const one of last) all.add(one)
  }
  return [...all]
}

/** Throws `record.merged` for a record that was merged into another. */
export const eraseStudent = (ctx: MutationContext, input: EraseInput) =>
  mutate(
    ctx,
    { deed: 'erase', about: 'student' },
    async (tx) => {
      const { id, mergedIntoId } = await erasableRecord(tx, ctx, studentKind, input)
      if (mergedIntoId) throw new DomainError('record.merged', { intoId: mergedIntoId })
      const ids = await recordsOf(tx, ctx.school.id, id)
      await forgetPhotos(tx, ctx.school.id, ids)
      await keepErased(tx, ctx, ids)
      return erasePeople(tx, ctx, kinds.student, dependentsOf('student'), ids)
    },
    (tx) => readStudent(tx, ctx, input.id),
  )
