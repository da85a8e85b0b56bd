import { eq, ne } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { inUse } from '../../db/rows.ts'
import { savedViews } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { RowOf } from '../records/kind.ts'

type View = Pick<RowOf<typeof savedViews>, 'place' | 'name'> & { id?: string }

/** A person has one view of each name in a list. */
export async function requireFreeName(
  tx: Transaction,
  { school }: Context,
  userId: string,
  { place, name, id }: View,
): Promise<void> {
  const [taken] = await tx
    .select({ id: savedViews.id })
    .from(savedViews)
    .where(
      inUse(
        savedViews,
        school.id,
        eq(savedViews.userId, userId),
        eq(savedViews.place, place),
        eq(savedViews.name, name),
        id ? ne(savedViews.id, id) : undefined,
      ),
    )
    .limit(1)
  if (taken) throw new DomainError('savedView.name_taken')
}
