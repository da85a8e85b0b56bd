import { and, eq } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { memberships, users } from '../../db/schema/index.ts'
import { allows } from '../access.ts'
import { hasJoined } from '../auth/rights.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { alsoTelling } from '../journal/entry.ts'
import { mutate } from '../journal/operation.ts'
import { memberKind } from '../members/kind.ts'
import { changeRows } from '../records/write.ts'
import type { MadeToken } from './add-token.ts'
import { addToken, shownOnce } from './add-token.ts'
import type { CreateApiTokenInput } from './input.ts'

/** One's own membership, or a service's for an administrator: nobody makes a token of another person. */
async function ownerOf(tx: Transaction, { school, actor }: MutationContext, memberId: string | undefined) {
  if (memberId && !allows(actor, 'member.write')) throw new DomainError('permission.missing')
  const which = memberId
    ? and(eq(memberships.id, memberId), eq(users.isService, true))
    : eq(memberships.userId, actor.userId ?? '')
  const [found] = await tx
    .select({ member: memberships })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.schoolId, school.id), hasJoined(), which))
  if (!found) throw new DomainError('member.not_found')
  return found.member
}

/** Throws `member.not_found`, `permission.missing`, `apiToken.too_many`. */
export function createApiToken(ctx: MutationContext, { memberId, ...input }: CreateApiTokenInput) {
  let made: MadeToken | undefined
  return mutate(
    ctx,
    { deed: 'change', about: 'membership' },
    async (tx) => {
      const member = await ownerOf(tx, ctx, memberId)
      made = await addToken(tx, ctx, member, input)
      return alsoTelling(await changeRows(tx, memberKind, [member], {}, () => true), { apiToken: [null, input.name] })
    },
    async () => shownOnce(made),
  )
}
