import { and, asc, eq } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { inUse } from '../../db/rows.ts'
import { enrollments } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { mutate } from '../journal/operation.ts'
import { manyAnswer, requireExpected } from '../records/many.ts'
import { replaceRows } from '../records/write.ts'
import { enrollmentCore, isWaiting } from './core.ts'
import { nextPosition } from './enroll.ts'
import type { ReorderInput } from './input.ts'
import { openRows } from './open-rows.ts'

const inLine = (tx: Reader, { school }: MutationContext, classId: string) =>
  tx
    .select({ id: enrollments.id })
    .from(enrollments)
    .where(inUse(enrollments, school.id, and(eq(enrollments.classId, classId), eq(enrollments.status, 'waitlisted'))))
    .orderBy(asc(enrollments.waitlistPosition), asc(enrollments.id))

/** From the first that differs, all get positions that nobody has had. Throws `many.changed` unless all who wait are named. */
export const reorder = (ctx: MutationContext, { classId, items }: ReorderInput) =>
  mutate(
    ctx,
    { deed: 'change', about: 'enrollment' },
    async (tx) => {
      const wanted = await openRows(tx, ctx, items, (row) => {
        if (row.classId !== classId || !isWaiting(row)) throw new DomainError('enrollment.not_found')
        return row
      })
      const before = await inLine(tx, ctx, classId)
      requireExpected(before.length, wanted.length)
      const first = wanted.findIndex(({ id }, index) => before[index]?.id !== id)
      if (first < 0) return []
      const position = await nextPosition(tx, ctx, classId)
      const moved = wanted.slice(first)
      return replaceRows(
        tx,
        enrollmentCore,
        moved.map((row, index) => ({ before: row, fields: { waitlistPosition: position + index } })),
      )
    },
    async (_, changed) => manyAnswer(ctx, enrollmentCore, changed, items),
  )
