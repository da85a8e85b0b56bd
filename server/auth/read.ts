import { permissionsOf } from '../access.ts'
import type { RequestContext } from '../trpc.ts'
import { isSetUp } from './first-administrator.ts'

/** Who is signed in and what they may do where; nobody, and whether this register still waits to be set up. */
export async function describeSession(ctx: RequestContext) {
  const person = await ctx.person()
  if (!person) return { person: null, isSetUp: await isSetUp(ctx.db) }
  const { userId, name, email, memberships } = person
  const schools = memberships.map(({ school: { id: _, ...school }, role }) => ({
    ...school,
    role,
    permissions: permissionsOf(role),
  }))
  return { person: { userId, name, email, schools }, isSetUp: true }
}
