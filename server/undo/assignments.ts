import { and, eq } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { classInstructors } from '../../db/schema/index.ts'
import { classInstructorKind } from '../class-instructors/kind.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import { overlap } from '../ranges.ts'
import { freeDay } from '../records/free-day.ts'
import type { RowOf } from '../records/kind.ts'
import { changedSince } from './refusals.ts'
import type { Reverted } from './reverts.ts'
import { forThoseBack } from './reverts.ts'

type AssignmentRow = RowOf<typeof classInstructors>

/** Nobody else is the class's primary instructor by now, and this one's other assignments leave this one its days. */
async function makeRoom(tx: Transaction, ctx: MutationContext, row: AssignmentRow, isReverted: Set<string>) {
  const rows = (await tx
    .select()
    .from(classInstructors)
    .where(
      and(eq(classInstructors.schoolId, row.schoolId), eq(classInstructors.classId, row.classId)),
    )) as AssignmentRow[]
  const others = rows.filter(({ id }) => !isReverted.has(id))
  const own = others.filter(({ instructorId }) => instructorId === row.instructorId)
  if (own.some((other) => !other.archivedAt && overlap(other, row))) throw new DomainError('classInstructor.overlaps')
  const primary = others.find((other) => !other.archivedAt && other.isPrimary && row.isPrimary)
  if (primary) throw await changedSince(tx, ctx, [{ entity: 'classInstructor', id: primary.id }])
  return freeDay(tx, classInstructorKind, own, row.beginDate)
}

/** The changes that let the assignments come back. */
export const makeRoomForAssignments = (
  tx: Transaction,
  ctx: MutationContext,
  reverts: readonly Reverted[],
): Promise<Change[]> =>
  forThoseBack<AssignmentRow>(reverts, 'classInstructor', (row, isReverted) => makeRoom(tx, ctx, row, isReverted))
