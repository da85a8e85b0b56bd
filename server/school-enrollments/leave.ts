import type { Transaction } from '../../db/database.ts'
import type { SchoolExitType, WithdrawalReason } from '../../db/values.ts'
import type { MutationContext } from '../context.ts'
import { endPlaces } from '../enrollments/leaving-school.ts'
import { DomainError } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import { mutate } from '../journal/operation.ts'
import { addRows, currentRecord, seenRecord } from '../records/write.ts'
import { studentKind } from '../students/kind.ts'
import { schoolEnrollmentCore } from './core.ts'
import { mirror, requireFree } from './days.ts'
import type { LeaveSchoolInput } from './input.ts'
import { schoolEnrollmentsOf } from './read.ts'
import { changeDays } from './write.ts'

/** Classes know fewer reasons than the school. */
const reasonOf: Partial<Record<SchoolExitType, WithdrawalReason>> = {
  graduated: 'graduated',
  transferred: 'transferred',
  invalid: 'mistake',
}

async function endDays(tx: Transaction, ctx: MutationContext, input: LeaveSchoolInput): Promise<Change[]> {
  const { studentId, seen, beginDate, endDate, exitType, destination = null } = input
  const ending = { endDate, exitType, destination }
  if (seen) {
    const before = await seenRecord(tx, schoolEnrollmentCore, ctx, seen)
    if (before.studentId !== studentId) throw new DomainError('schoolEnrollment.not_found')
    return changeDays(tx, ctx, before, ending)
  }
  if (!beginDate) throw new DomainError('schoolEnrollment.no_first_day')
  await requireFree(tx, ctx, { studentId, beginDate, endDate })
  return addRows(tx, schoolEnrollmentCore, ctx.school.id, [{ studentId, beginDate, ...ending }])
}

/** The last day may be to come. Her places in classes end with it, in the same operation. */
export const leaveSchool = (ctx: MutationContext, input: LeaveSchoolInput) =>
  mutate(
    ctx,
    { deed: 'withdraw', about: 'schoolEnrollment', isOfOne: true },
    async (tx) => {
      const { studentId, endDate, exitType, endsClasses } = input
      await currentRecord(tx, studentKind, ctx.school.id, studentId)
      const withdrawalReason = reasonOf[exitType] ?? 'other'
      return [
        ...(await endDays(tx, ctx, input)),
        ...(endsClasses ? await endPlaces(tx, ctx, studentId, { endDate, withdrawalReason }) : []),
        ...(await mirror(tx, ctx, [studentId])),
      ]
    },
    (tx) => schoolEnrollmentsOf(tx, ctx, input.studentId),
  )
