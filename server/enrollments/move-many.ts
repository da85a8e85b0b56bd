import type { Transaction } from '../../db/database.ts'
import type { enrollments } from '../../db/schema/index.ts'
import { dayBefore, today } from '../calendar.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { mutate } from '../journal/operation.ts'
import { idsOf, rowsWith } from '../records/kind.ts'
import { Refusals } from '../records/refusals.ts'
import type { Edit } from '../records/write.ts'
import { replaceRows } from '../records/write.ts'
import type { EnrollmentFields, EnrollmentRow } from './core.ts'
import { enrollmentCore, isWaiting } from './core.ts'
import { admitTo, enrolledAnswer } from './enroll.ts'
import type { MoveManyInput } from './input.ts'
import { openRows } from './open-rows.ts'
import { promoteWaitingIn, rowsIn } from './seats.ts'
import { firstDay } from './waiting.ts'

/** The days end before the first one elsewhere. A student who would have none in the class leaves its roster. */
function movedOut(row: EnrollmentRow, ctx: MutationContext, beginDate: string): EnrollmentFields {
  const last = dayBefore(beginDate)
  const left = { status: 'withdrawn', withdrawalReason: 'scheduleChange', waitlistPosition: null } as const
  if (isWaiting(row) || (row.beginDate !== null && row.beginDate > last)) return { ...left, archivedAt: ctx.now }
  const endDate = row.endDate !== null && row.endDate < last ? row.endDate : last
  if (endDate < today(ctx)) return { ...left, endDate }
  return endDate === row.endDate ? {} : { endDate, withdrawalReason: left.withdrawalReason }
}

/** Who waits for a seat there keeps the one that she has here. */
async function requireSeated(tx: Transaction, ctx: MutationContext, classId: string, studentIds: readonly string[]) {
  const waiting = new Set(
    (await rowsIn(tx, ctx, classId, studentIds)).filter(isWaiting).map(({ studentId }) => studentId),
  )
  const refusals = new Refusals(studentIds.length)
  for (const [index, id] of studentIds.entries()) if (waiting.has(id)) refusals.add(index, { reason: 'class.full' })
  refusals.throwIfAny((index) => studentIds[index])
}

/** All or none move; seats that they leave go to those who wait. Who is in the class already only leaves the other. Throws `class.full`, or `many.refused` with a reason for each. */
export const moveMany = (ctx: MutationContext, { items, classId, beginDate: chosen }: MoveManyInput) =>
  mutate(
    ctx,
    { deed: 'enroll', about: 'enrollment' },
    async (tx) => {
      const beginDate = chosen ?? (await firstDay(tx, ctx, classId)) ?? today(ctx)
      const edits = await openRows(tx, ctx, items, (before): Edit<typeof enrollments> => {
        if (before.classId === classId) throw new DomainError('enrollment.same_class')
        return { before, fields: movedOut(before, ctx, beginDate) }
      })
      const studentIds = edits.map(({ before }) => before.studentId)
      const admitted = await admitTo(tx, ctx, { classId, studentIds, beginDate, waitlist: false })
      await requireSeated(tx, ctx, classId, studentIds)
      const left = await replaceRows(tx, enrollmentCore, edits)
      const freed = new Set(edits.map(({ before }) => before.classId))
      return [...admitted, ...left, ...(await promoteWaitingIn(tx, ctx, freed))]
    },
    async (tx, changed) => {
      const rows = await rowsWith(tx, enrollmentCore, ctx.school.id, 'id', idsOf(items))
      const studentOf = new Map(rows.map(({ id, studentId }) => [id, studentId]))
      const studentIds = items.flatMap(({ id }) => studentOf.get(id) ?? [])
      return enrolledAnswer(tx, ctx, { classId, studentIds }, changed)
    },
  )
