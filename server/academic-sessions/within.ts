import { asc, eq, gt, lt, or } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { inUse } from '../../db/rows.ts'
import { academicSessions } from '../../db/schema/index.ts'
import { DomainError } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import type { RowOf } from '../records/kind.ts'
import { findRow } from '../records/kind.ts'
import type { Undoing } from '../records/undoing.ts'

export type SessionRow = RowOf<typeof academicSessions>
/** A parent is longer than its children, so no session is above itself. */
const lengths = ['schoolYear', 'semester', 'term', 'gradingPeriod'] as const
export type SessionSpan = Pick<SessionRow, 'type' | 'startDate' | 'endDate'>

/** OneRoster 1.2, section 4.1: an academic session lies within its parent. */
export function requireWithin(inner: SessionSpan, outer: SessionSpan): void {
  if (lengths.indexOf(outer.type) >= lengths.indexOf(inner.type))
    throw new DomainError('academicSession.parent_shorter')
  if (inner.startDate < outer.startDate || inner.endDate > outer.endDate)
    throw new DomainError('academicSession.dates_outside', { startDate: outer.startDate, endDate: outer.endDate })
}

export const outsideOf = (
  tx: Reader,
  { schoolId, id, startDate, endDate }: Pick<SessionRow, 'schoolId' | 'id' | 'startDate' | 'endDate'>,
) =>
  tx
    .select({ id: academicSessions.id, title: academicSessions.title })
    .from(academicSessions)
    .where(
      inUse(
        academicSessions,
        schoolId,
        eq(academicSessions.parentId, id),
        or(lt(academicSessions.startDate, startDate), gt(academicSessions.endDate, endDate)),
      ),
    )
    .orderBy(asc(academicSessions.startDate), asc(academicSessions.id))

const table = { entity: 'academicSession', table: academicSessions } as const

/** An import may have nested terms differently, so only terms that have changed since the operation are checked. */
export async function requireTermsWithin({ tx, ctx, pairs, newer }: Undoing): Promise<Change[]> {
  for (const { after } of pairs(table)) {
    if (after.archivedAt) continue
    const parent = after.parentId ? await findRow(tx, table, ctx.school.id, after.parentId) : undefined
    if (parent && (await newer('academicSession', [parent.id])).size) requireWithin(after, parent)
    const outside = await outsideOf(tx, after)
    const since = await newer(
      'academicSession',
      outside.map(({ id }) => id),
    )
    const first = outside.find(({ id }) => since.has(id))
    if (first) throw new DomainError('academicSession.leaves_out', { title: first.title })
  }
  return []
}
