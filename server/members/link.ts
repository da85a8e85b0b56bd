import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { users } from '../../db/schema/index.ts'
import { lockAccount } from '../auth/account.ts'
import type { Link } from '../auth/links.ts'
import { makeInvitation, makeReset } from '../auth/links.ts'
import { reachesBeyond } from '../auth/rights.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { alsoTelling } from '../journal/entry.ts'
import { mutate } from '../journal/operation.ts'
import type { SeenVersion } from '../records/input.ts'
import { changeRows, seenRecord } from '../records/write.ts'
import { memberKind } from './kind.ts'
import { readMember } from './read.ts'

/** A link is shown once; a repeated request made none, so it is `operation.repeated`. */
export function shownOnce(link: Link | undefined) {
  if (link === undefined) throw new DomainError('operation.repeated')
  return { ...link, expiresAt: link.expiresAt.toISOString() }
}

/** Throws `member.rights_elsewhere` for an account with a right that the actor does not administer. */
async function resetFor(tx: Transaction, ctx: MutationContext, userId: string, isDisabled: boolean): Promise<Link> {
  if (isDisabled) throw new DomainError('member.disabled')
  if (await reachesBeyond(tx, ctx.actor.userId, userId)) throw new DomainError('member.rights_elsewhere')
  return makeReset(tx, ctx, userId)
}

/** A link to join for whoever has not joined, otherwise one to a new password. The older one stops working. */
export function resetMemberPassword(ctx: MutationContext, seen: SeenVersion) {
  let link: Link | undefined
  return mutate(
    ctx,
    { deed: 'change', about: 'membership' },
    async (tx) => {
      const before = await seenRecord(tx, memberKind, ctx, seen)
      const account = await lockAccount(tx, eq(users.id, before.userId))
      if (before.archivedAt || !account) throw new DomainError('member.not_found')
      const waits = before.invitedName !== null || account.passwordHash === null
      const invitedName = waits ? (before.invitedName ?? account.name) : null
      link = waits
        ? await makeInvitation(tx, ctx, account)
        : await resetFor(tx, ctx, account.id, account.disabledAt !== null)
      const changes = await changeRows(tx, memberKind, [before], { invitedName }, () => true)
      return alsoTelling(changes, { link: [null, link.purpose] })
    },
    async (tx) => ({ link: shownOnce(link), member: await readMember(tx, ctx, seen.id) }),
  )
}
