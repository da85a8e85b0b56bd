import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { studentGuardians } from '../../db/schema/index.ts'
import type { Change } from '../journal/entry.ts'
import type { Kind, RowOf } from '../records/kind.ts'
import { changeRecord } from '../records/write.ts'

export type StudentGuardianRow = RowOf<typeof studentGuardians>

export const studentGuardianKind: Kind<typeof studentGuardians> = {
  entity: 'studentGuardian',
  table: studentGuardians,
  notFound: 'studentGuardian.not_found',
  stale: 'studentGuardian.stale',
  /** Whoever is to have no contact neither lives with the student nor picks her up. */
  derive: ({ isBarred }) => (isBarred ? { mayPickUp: false, livesWith: false } : {}),
}

/** A student's links in the order in which her guardians are called. */
export const linksOf = (tx: Reader, schoolId: number, studentId: string): Promise<StudentGuardianRow[]> =>
  tx
    .select()
    .from(studentGuardians)
    .where(
      and(
        eq(studentGuardians.schoolId, schoolId),
        eq(studentGuardians.studentId, studentId),
        isNull(studentGuardians.archivedAt),
      ),
    )
    .orderBy(asc(studentGuardians.priority), asc(studentGuardians.id))

/**
 * Numbers a student's links 1, 2, 3 … without gaps, in the order they stand in; `moved` comes to the `place`th, or to the
 * end where there are fewer.
 */
export async function inCallingOrder(
  tx: Transaction,
  schoolId: number,
  studentId: string,
  moved?: { id: string; place: number },
): Promise<Change[]> {
  const links = await linksOf(tx, schoolId, studentId)
  const order = links.filter(({ id }) => id !== moved?.id)
  if (moved) order.splice(moved.place - 1, 0, ...links.filter(({ id }) => id === moved.id))
  const changes: Change[] = []
  for (const [index, link] of order.entries())
    changes.push(...(await changeRecord(tx, studentGuardianKind, link, { priority: index + 1 })))
  return changes
}
