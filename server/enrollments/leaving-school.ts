import { and, eq } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { enrollments } from '../../db/schema/index.ts'
import { today } from '../calendar.ts'
import type { MutationContext } from '../context.ts'
import type { Change } from '../journal/entry.ts'
import { changeInUse } from '../records/in-use.ts'
import type { EnrollmentFields, EnrollmentRow, Leaving } from './core.ts'
import { enrollmentCore } from './core.ts'
import { isOpenOn, promoteWaitingIn } from './seats.ts'

/** The student holds her seats until a coming day; a class that begins after it has never seen her. */
function leftOn(row: EnrollmentRow, { endDate, withdrawalReason }: Leaving, { now, day }: { now: Date; day: string }) {
  const hasNoDays = row.status === 'waitlisted' || (row.beginDate !== null && row.beginDate > endDate)
  if (hasNoDays) return { status: 'withdrawn', withdrawalReason, waitlistPosition: null, archivedAt: now } as const
  const last = row.endDate !== null && row.endDate < endDate ? row.endDate : endDate
  const fields: EnrollmentFields = { endDate: last, withdrawalReason }
  return endDate > day ? fields : { ...fields, status: 'withdrawn' as const }
}

/** Ends the student's places in classes on the day on which she leaves the school. Seats that are free go to who waits. */
export async function endPlaces(
  tx: Transaction,
  ctx: MutationContext,
  studentId: string,
  leaving: Leaving,
): Promise<Change[]> {
  const day = today(ctx)
  const open = and(eq(enrollments.studentId, studentId), isOpenOn(day))
  const ended = await changeInUse(tx, enrollmentCore, ctx.school.id, open, (row) =>
    leftOn(row, leaving, { now: ctx.now, day }),
  )
  return [...ended, ...(await promoteWaitingIn(tx, ctx, new Set(ended.map(({ after }) => String(after.classId)))))]
}
