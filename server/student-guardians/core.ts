import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { studentGuardians } from '../../db/schema/index.ts'
import { inBatches } from '../journal/bulk.ts'
import type { Change } from '../journal/entry.ts'
import type { KindCore, RowOf } from '../records/kind.ts'
import { changeRecord, revised, writeRevised } from '../records/write.ts'

export type StudentGuardianRow = RowOf<typeof studentGuardians>

export const studentGuardianCore: KindCore<typeof studentGuardians> = {
  entity: 'studentGuardian',
  table: studentGuardians,
  notFound: 'studentGuardian.not_found',
  stale: 'studentGuardian.stale',
  /** A barred guardian neither lives with the student nor picks her up. */
  derive: ({ isBarred }) => (isBarred ? { mayPickUp: false, livesWith: false } : {}),
}

const linksAmong = (tx: Reader, schoolId: number, studentIds: string[]): Promise<StudentGuardianRow[]> =>
  tx
    .select()
    .from(studentGuardians)
    .where(
      and(
        eq(studentGuardians.schoolId, schoolId),
        inArray(studentGuardians.studentId, studentIds),
        isNull(studentGuardians.archivedAt),
      ),
    )
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
  const changes: Change[] = []
  for (const [index, link] of order.entries())
    changes.push(...(await changeRecord(tx, studentGuardianCore, link, { priority: index + 1 })))
  return changes
}

export async function closeGaps(tx: Transaction, schoolId: number, studentIds: ReadonlySet<string>): Promise<Change[]> {
  const changes: Change[] = []
  for (const batch of inBatches(studentIds)) {
    const links = await linksAmong(tx, schoolId, batch)
    const called = new Map<string, number>()
    const moved = links.flatMap((link) => {
      const priority = (called.get(link.studentId) ?? 0) + 1
      called.set(link.studentId, priority)
      return revised(studentGuardianCore, link, { priority })
    })
    changes.push(...(await writeRevised(tx, studentGuardianCore, moved)))
  }
  return changes
}
