import { permissionsOf } from '../access.ts'
import { newestNumber } from '../journal/newest.ts'
import { usualsOf } from '../schools/read.ts'
import type { RequestContext } from '../trpc.ts'
import { isSetUp } from './first-administrator.ts'

export async function describeSession(ctx: RequestContext) {
  const person = await ctx.person()
  if (!person) return { person: null, isSetUp: await isSetUp(ctx.db) }
  const { userId, name, email, memberships, isOwner = false } = person
  const asked = usualsOf(
    ctx.db,
    memberships.map(({ school }) => school.id),
  )
  const schools = await Promise.all(
    memberships.map(async (membership) => {
      const {
        school: { id, weekdays: _, ...school },
        role,
        instructorId,
      } = membership
      /** All that screens read from now on is at least as new as this journal entry. */
      const [journalNumber, usuals] = await Promise.all([newestNumber(ctx.db, id), asked])
      return {
        ...school,
        ...usuals.get(id),
        role,
        instructorId,
        permissions: permissionsOf(role),
        isOwner,
        journalNumber,
        ...(ctx.flags && { flags: ctx.flags.of(person, membership) }),
      }
    }),
  )
  /** A page compares it with what the stream tells, and asks again. */
  return {
    person: { userId, name, email, schools, ...(ctx.flags && { flagsVersion: ctx.flags.version }) },
    isSetUp: true,
  }
}
