import { and, eq } from 'drizzle-orm'
import { noSchool } from '../../db/database.ts'
import { presences } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import type { RemovePresenceInput } from './input.ts'

/** An unknown tab is no error. */
export async function removePresence({ db, school, actor }: MutationContext, { tab }: RemovePresenceInput) {
  const own = and(eq(presences.schoolId, school.id), eq(presences.id, tab), eq(presences.userId, actor.userId ?? ''))
  await db.transaction(noSchool, async (tx) => void (await tx.delete(presences).where(own)))
  return null
}
