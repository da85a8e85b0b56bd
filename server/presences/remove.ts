import { and, eq } from 'drizzle-orm'
import { noSchool } from '../../db/database.ts'
import { presences } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import type { RemovePresenceInput } from './input.ts'

/** The tab shows no record any more; one that never said so is nobody's mistake. */
export async function removePresence({ db, school, actor }: MutationContext, { tab }: RemovePresenceInput) {
  const own = and(eq(presences.schoolId, school.id), eq(presences.id, tab), eq(presences.userId, actor.userId ?? ''))
  await db.transaction(noSchool, async (tx) => void (await tx.delete(presences).where(own)))
  return null
}
