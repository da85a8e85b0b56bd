import { asc, inArray } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { inUse } from '../../db/rows.ts'
import { studentGuardians } from '../../db/schema/index.ts'
import { inBatches } from '../journal/bulk.ts'
import type { Change } from '../journal/entry.ts'
import type { KindCore, RowOf } from '../records/kind.ts'
import { replaceRows } from '../records/write.ts'

export type StudentGuardianRow = RowOf<typeof studentGuardians>

export const studentGuardianCore: KindCore<typeof studentGuardians> = {
  entity: 'studentGuardian',
  table: studentGuardians,
  notFound: 'studentGuardian.not_found',
  stale: 'studentGuardian.stale',
  /** A barred guardian neither lives with the student nor picks her up. */
  derive: ({ isBarred }) => (isBarred ? { mayPickUp: false, livesWith: false } : {}),
}

export const noMarks = { hasCustody: false, mayPickUp: false, livesWith: false, isBarred: false }

export const linksAmong = (tx: Reader, schoolId: number, studentIds: string[]): Promise<StudentGuardianRow[]> =>
  tx
    .select()
    .from(studentGuardians)
    .where(inUse(studentGuardians, schoolId, inArray(studentGuardians.studentId, studentIds)))
    .orderBy(asc(studentGuardians.priority), asc(studentGuardians.id))

export const linksOf = (tx: Reader, schoolId: number, studentId: string): Promise<StudentGuardianRow[]> =>
  linksAmong(tx, schoolId, [studentId])

/** Positions are 1, 2, 3 without gaps. `moved` gets the wanted one, or the last. */
export async function inCallingOrder(
  tx: Transaction,
  schoolId: number,
  studentId: string,
  moved?: { id: string; position: number },
): Promise<Change[]> {
  const links = await linksOf(tx, schoolId, studentId)
  const order = links.filter(({ id }) => id !== moved?.id)
  if (moved) order.splice(moved.position - 1, 0, ...links.filter(({ id }) => id === moved.id))
  const edits = order.map((before, index) => ({ before, fields: { priority: index + 1 } }))
  return replaceRows(tx, studentGuardianCore, edits)
}

export async function closeGaps(tx: Transaction, schoolId: number, studentIds: ReadonlySet<string>): Promise<Change[]> {
  const changes: Change[] = []
  for (const batch of inBatches(studentIds)) {
    const links = await linksAmong(tx, schoolId, batch)
    const called = new Map<string, number>()
    const edits = links.map((before) => {
      const priority = (called.get(before.studentId) ?? 0) + 1
      called.set(before.studentId, priority)
      return { before, fields: { priority } }
    })
    changes.push(...(await replaceRows(tx, studentGuardianCore, edits)))
  }
  return changes
}
