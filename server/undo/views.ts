import type { Transaction } from '../../db/database.ts'
import type { savedViews } from '../../db/schema/index.ts'
import { allows } from '../access.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { isSame } from '../journal/entry.ts'
import type { RowOf } from '../records/kind.ts'
import { requireFreeName } from '../saved-views/write.ts'
import type { Pair, Reverted } from './reverts.ts'
import { pairsOf } from './reverts.ts'

type ViewRow = RowOf<typeof savedViews>

const isOpenToAll = ({ isShared, archivedAt }: ViewRow): boolean => isShared && archivedAt === null
/** Cleared away, or put back: what the office may do with a shared view of somebody else's. */
const isOnlyMoved = ({ before, after }: Pair<ViewRow>): boolean =>
  before.isShared && isSame({ ...before, archivedAt: null, version: 0 }, { ...after, archivedAt: null, version: 0 })

/**
 * A view is its owner's, as when it is written: another's private one is not there, and nobody's comes to be shared without
 * the right to share.
 */
export async function requireViews(tx: Transaction, ctx: MutationContext, reverts: readonly Reverted[]): Promise<void> {
  const mayShare = allows(ctx.actor.role, 'savedView.share')
  for (const pair of pairsOf<ViewRow>(reverts, 'savedView')) {
    const { before, after } = pair
    const isOwn = before.userId === ctx.actor.userId
    if (!isOwn && !before.isShared) throw new DomainError('operation.not_found')
    if (!isOwn && !isOnlyMoved(pair)) throw new DomainError('permission.missing')
    const isOpened = isOpenToAll(after) && !isOpenToAll(before)
    if ((isOpened || !isOwn) && !mayShare) throw new DomainError('permission.missing')
    if (!after.archivedAt) await requireFreeName(tx, ctx, before.userId, after)
  }
}
