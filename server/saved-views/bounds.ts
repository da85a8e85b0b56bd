import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { inUse } from '../../db/rows.ts'
import { savedViews } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'

/** In use, of one person in a school, in all its lists: menus and their answers stay short. */
export const viewsAtMost = 100

export async function requireRoom(tx: Transaction, { school }: MutationContext, userId: string): Promise<void> {
  const own = await tx
    .select({ id: savedViews.id })
    .from(savedViews)
    .where(inUse(savedViews, school.id, eq(savedViews.userId, userId)))
    .limit(viewsAtMost)
  if (own.length === viewsAtMost) throw new DomainError('savedView.too_many', { atMost: viewsAtMost })
}
