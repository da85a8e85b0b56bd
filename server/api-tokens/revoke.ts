import { and, eq } from 'drizzle-orm'
import { refersTo } from '../../db/rows.ts'
import { apiTokens, memberships } from '../../db/schema/index.ts'
import { allows } from '../access.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { alsoTelling } from '../journal/entry.ts'
import { mutate } from '../journal/operation.ts'
import { memberKind } from '../members/kind.ts'
import { changeRows } from '../records/write.ts'

/** One's own, or anybody's for an administrator. It opens nothing from the commit on. Throws `apiToken.not_found`. */
export const revokeApiToken = (ctx: MutationContext, { id }: { id: string }) =>
  mutate(
    ctx,
    { deed: 'change', about: 'membership' },
    async (tx) => {
      const { school, actor } = ctx
      const isOwn = allows(actor, 'member.write') ? undefined : eq(memberships.userId, actor.userId ?? '')
      const which = and(eq(apiTokens.schoolId, school.id), eq(apiTokens.id, id))
      const [found] = await tx
        .select({ name: apiTokens.name, member: memberships })
        .from(apiTokens)
        .innerJoin(memberships, refersTo(apiTokens.membershipId, memberships))
        .where(and(which, isOwn))
      if (!found) throw new DomainError('apiToken.not_found')
      await tx.delete(apiTokens).where(which)
      const changes = await changeRows(tx, memberKind, [found.member], {}, () => true)
      return alsoTelling(changes, { apiToken: [found.name, null] })
    },
    async () => null,
  )
