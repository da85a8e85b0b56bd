import { savedViews } from '../../db/schema/index.ts'
import { allows } from '../access.ts'
import { DomainError } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import { isSame } from '../journal/entry.ts'
import type { RowOf } from '../records/kind.ts'
import type { Pair, Undoing } from '../records/undoing.ts'
import { requireRoom } from './bounds.ts'
import { requireFreeName } from './free-name.ts'

type ViewRow = RowOf<typeof savedViews>

const isOpenToAll = ({ isShared, archivedAt }: ViewRow): boolean => isShared && archivedAt === null
/** The office may archive or restore another person's shared view, and change nothing else of it. */
const isOnlyMoved = ({ before, after }: Pair<typeof savedViews>): boolean =>
  before.isShared && isSame({ ...before, archivedAt: null, version: 0 }, { ...after, archivedAt: null, version: 0 })

/** An undo needs the same rights as the write: a private view of another person does not exist for the actor. */
export async function requireOwnView({ tx, ctx, pairs }: Undoing): Promise<Change[]> {
  const mayShare = allows(ctx.actor, 'savedView.share')
  const views = pairs({ entity: 'savedView', table: savedViews })
  for (const pair of views) {
    const { before, after } = pair
    const isOwn = before.userId === ctx.actor.userId
    if (!isOwn && !before.isShared) throw new DomainError('operation.not_found')
    if (!isOwn && !isOnlyMoved(pair)) throw new DomainError('permission.missing')
    const isOpened = isOpenToAll(after) && !isOpenToAll(before)
    if ((isOpened || !isOwn) && !mayShare) throw new DomainError('permission.missing')
    if (!after.archivedAt) await requireFreeName(tx, ctx, before.userId, after)
    if (before.archivedAt && !after.archivedAt) await requireRoom(tx, ctx, before.userId)
  }
  return []
}
