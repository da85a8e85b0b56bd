/** Everybody may keep views, and each change of one stays in the journal for good, so both have a bound. */
import { and, desc, eq, isNotNull } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { inUse } from '../../db/rows.ts'
import { operations, savedViews } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'

/** In use, of one person in a school, in all its lists. */
export const viewsAtMost = 100
/** Writes of any kind, of one person in an hour: nobody types so many. */
export const writesAtMost = 500
const hour = 3_600_000

export async function requireRoom(tx: Transaction, { school }: MutationContext, userId: string): Promise<void> {
  const own = await tx
    .select({ id: savedViews.id })
    .from(savedViews)
    .where(inUse(savedViews, school.id, eq(savedViews.userId, userId)))
    .limit(viewsAtMost)
  if (own.length === viewsAtMost) throw new DomainError('savedView.too_many', { atMost: viewsAtMost })
}

export async function requireFewWrites(tx: Transaction, { school, actor, now }: MutationContext): Promise<void> {
  const [earlier] = await tx
    .select({ at: operations.at })
    .from(operations)
    .where(
      and(eq(operations.schoolId, school.id), eq(operations.actorId, actor.userId ?? ''), isNotNull(operations.number)),
    )
    .orderBy(desc(operations.number))
    .offset(writesAtMost)
    .limit(1)
  if (earlier && earlier.at.getTime() > now.getTime() - hour) throw new DomainError('savedView.too_often')
}
