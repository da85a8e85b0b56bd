/** What is true of the school today holds for an undo too: seats, days, terms, the timetable, and what stands on a record. */
import type { Transaction } from '../../db/database.ts'
import type { studentGuardians } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import type { Change } from '../journal/entry.ts'
import type { RowOf } from '../records/kind.ts'
import { inCallingOrder } from '../student-guardians/kind.ts'
import { makeRoomForAssignments } from './assignments.ts'
import type { Undone } from './meetings.ts'
import { requireTimetable } from './meetings.ts'
import { requireReferences, requireUnused } from './references.ts'
import type { Reverted } from './reverts.ts'
import { pairsOf } from './reverts.ts'
import { makeRoomForSeats, settleSeats } from './seats.ts'
import { requireTermsWithin } from './terms.ts'
import { requireViews } from './views.ts'

/** What has to give way before the records are written back. */
export async function beforeUndo(
  tx: Transaction,
  ctx: MutationContext,
  reverts: readonly Reverted[],
): Promise<Change[]> {
  await requireViews(tx, ctx, reverts)
  return [...(await makeRoomForSeats(tx, ctx, reverts)), ...(await makeRoomForAssignments(tx, ctx, reverts))]
}

/** Two guardians are never called at the same place. */
async function settleCalling(tx: Transaction, { school }: MutationContext, reverts: readonly Reverted[]) {
  const links = pairsOf<RowOf<typeof studentGuardians>>(reverts, 'studentGuardian')
  const changes: Change[] = []
  for (const studentId of new Set(links.map(({ after }) => after.studentId)))
    changes.push(...(await inCallingOrder(tx, school.id, studentId)))
  return changes
}

/** What must be true once the records are written back; answers what follows from it. */
export async function afterUndo(
  tx: Transaction,
  ctx: MutationContext,
  reverts: readonly Reverted[],
  undone: Undone,
): Promise<Change[]> {
  await requireUnused(tx, ctx, reverts, undone.last)
  await requireReferences(tx, ctx, reverts, undone.last)
  await requireTermsWithin(tx, ctx, reverts, undone.last)
  await requireTimetable(tx, ctx, reverts, undone)
  return [...(await settleSeats(tx, ctx, reverts, undone.last)), ...(await settleCalling(tx, ctx, reverts))]
}
