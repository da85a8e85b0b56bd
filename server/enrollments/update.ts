import { today } from '../calendar.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { changeRows, given } from '../records/write.ts'
import type { EnrollmentRow } from './core.ts'
import { enrollmentCore } from './core.ts'
import type { UpdateEnrollmentInput } from './input.ts'
import { enrollmentWrite, makeRoom, requireKnownStudent } from './write.ts'

function checkDates(before: EnrollmentRow, { status, beginDate, endDate }: EnrollmentRow, ctx: MutationContext): void {
  if (beginDate !== null && endDate !== null && beginDate > endDate) throw new DomainError('enrollment.dates_order')
  if (endDate === before.endDate) return
  if (status === 'waitlisted') throw new DomainError('enrollment.waits')
  const isOver = status !== 'enrolled'
  if (isOver && (endDate === null || endDate > today(ctx))) throw new DomainError('enrollment.end_ahead')
}

/** Days that bring a student back into the class take a seat. */
export const updateEnrollment = (ctx: MutationContext, { id, version, ...fields }: UpdateEnrollmentInput) =>
  enrollmentWrite(ctx, { deed: 'change', about: 'enrollment' }, { id, version }, async (tx, before) => {
    if (fields.note) await requireKnownStudent(tx, ctx, before)
    const after: EnrollmentRow = { ...before, ...given(fields) }
    checkDates(before, after, ctx)
    const isMoved = after.beginDate !== before.beginDate || after.endDate !== before.endDate
    const promoted = isMoved ? await makeRoom(tx, ctx, before, after) : []
    const stays = after.status === 'enrolled' && after.endDate === null && { withdrawalReason: null }
    return [...promoted, ...(await changeRows(tx, enrollmentCore, [before], { ...fields, ...stays }))]
  })
