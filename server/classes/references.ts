import type { Transaction } from '../../db/database.ts'
import { courseKind } from '../courses/kind.ts'
import { refersToCurrent } from '../records/refer.ts'
import { roomKind } from '../rooms/kind.ts'

interface References {
  courseId?: string | null | undefined
  roomId?: string | null | undefined
}

/** A course or room newly chosen is in use. */
export async function checkReferences(
  tx: Transaction,
  schoolId: number,
  { courseId, roomId }: References,
  before: References = {},
): Promise<void> {
  await refersToCurrent(tx, courseKind, schoolId, courseId, before.courseId)
  await refersToCurrent(tx, roomKind, schoolId, roomId, before.roomId)
}
