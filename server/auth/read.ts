import { permissionsOf } from '../access.ts'
import { newestNumber } from '../journal/newest.ts'
import type { RequestContext } from '../trpc.ts'
import { isSetUp } from './first-administrator.ts'

export async function describeSession(ctx: RequestContext) {
  const person = await ctx.person()
  if (!person) return { person: null, isSetUp: await isSetUp(ctx.db) }
  const { userId, name, email, memberships } = person
  const schools = await Promise.all(
    memberships.map(async ({ school: { id, ...school }, role, instructorId }) => ({
      ...school,
      role,
      instructorId,
      permissions: permissionsOf(role),
      /** All that screens read from now on is at least as new as this journal entry. */
      journalNumber: await newestNumber(ctx.db, id),
    })),
  )
  return { person: { userId, name, email, schools }, isSetUp: true }
}
