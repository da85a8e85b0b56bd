import type { Reader } from '../../db/database.ts'
import type { academicSessions } from '../../db/schema/index.ts'
import { academicSessionKind } from '../academic-sessions/kind.ts'
import { outsideOf, requireWithin } from '../academic-sessions/write.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { RowOf } from '../records/kind.ts'
import { findRow } from '../records/kind.ts'
import type { Reverted } from './reverts.ts'
import { pairsOf } from './reverts.ts'
import { newerThan } from './standing.ts'

/**
 * A term lies within the longer one as that is today, and what lies in it goes on doing so. Terms that an import nested
 * differently were so before: only what has changed since the operation is asked about.
 */
export async function requireTermsWithin(
  tx: Reader,
  ctx: MutationContext,
  reverts: readonly Reverted[],
  last: number,
): Promise<void> {
  const newer = (ids: string[]) => newerThan(tx, ctx, last, 'academicSession', ids)
  for (const { after } of pairsOf<RowOf<typeof academicSessions>>(reverts, 'academicSession')) {
    if (after.archivedAt) continue
    const parent = after.parentId && (await findRow(tx, academicSessionKind, ctx.school.id, after.parentId))
    if (parent && (await newer([parent.id])).size) requireWithin(after, parent)
    const outside = await outsideOf(tx, after)
    const since = await newer(outside.map(({ id }) => id))
    const first = outside.find(({ id }) => since.has(id))
    if (first) throw new DomainError('academicSession.leaves_out', { title: first.title })
  }
}
