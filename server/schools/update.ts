import { eq } from 'drizzle-orm'
import { schools } from '../../db/schema/index.ts'
import { canonical } from '../canonical.ts'
import type { MutationContext } from '../context.ts'
import { mutate } from '../journal/operation.ts'
import '../kinds.ts'

export interface SchoolSettings {
  name?: string | undefined
  timeZone?: string | undefined
  locale?: string | undefined
  /** The system whose ids the school's records carry. */
  source?: string | undefined
}

/** What is not given stays. Resolves with the row as it is then. */
export function updateSchool(ctx: MutationContext, { name, timeZone, locale, source }: SchoolSettings) {
  const ofSchool = eq(schools.id, ctx.school.id)
  return mutate(
    ctx,
    { deed: 'change', about: 'school' },
    async (tx) => {
      const [before] = await tx.select().from(schools).where(ofSchool)
      if (!before) throw new Error('the school of the operation is not there')
      const set = {
        name: name ?? before.name,
        timeZone: timeZone ?? before.timeZone,
        locale: locale ?? before.locale,
        source: source ?? before.source,
      }
      if (canonical({ ...before, ...set }) === canonical(before)) return []
      const after = { ...before, ...set, version: before.version + 1 }
      await tx
        .update(schools)
        .set({ ...set, version: after.version })
        .where(ofSchool)
      return [{ entity: 'school', before, after }]
    },
    async (tx) => (await tx.select().from(schools).where(ofSchool))[0],
  )
}
