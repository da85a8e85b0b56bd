import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { users } from '../../db/schema/index.ts'
import type { Link } from '../auth/links.ts'
import { makeLink } from '../auth/links.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { mutate } from '../journal/operation.ts'
import type { SeenVersion } from '../records/input.ts'
import { changeRows, seenRecord } from '../records/write.ts'
import { memberKind } from './kind.ts'
import { readMember } from './read.ts'
import { hasRightsBeyond } from './rights.ts'

/** A link is shown once; a repeated request made none, so it is `operation.repeated`. */
export function shownOnce(link: Link | null | undefined) {
  if (link === undefined) throw new DomainError('operation.repeated')
  return link && { ...link, expiresAt: link.expiresAt.toISOString() }
}

/** Older links stop working. The password and the sessions stay until the link is used. */
export function resetMemberPassword(ctx: MutationContext, seen: SeenVersion) {
  let link: Link | undefined
  return mutate(
    ctx,
    { deed: 'change', about: 'membership' },
    async (tx) => {
      const before = await seenRecord(tx, memberKind, ctx, seen)
      if (before.archivedAt) throw new DomainError('member.not_found')
      const [account] = await tx
        .select({
          isDisabled: sql<boolean>`${isNotNull(users.disabledAt)}`.mapWith(Boolean),
          hasPassword: sql<boolean>`${isNotNull(users.passwordHash)}`.mapWith(Boolean),
          isBeyond: sql<boolean>`${hasRightsBeyond(tx, ctx)}`.mapWith(Boolean),
        })
        .from(users)
        .where(and(eq(users.id, before.userId)))
      if (account?.isDisabled) throw new DomainError('member.disabled')
      if (!account || account.isBeyond) throw new DomainError('member.rights_elsewhere')
      link = await makeLink(tx, before.userId, account.hasPassword ? 'passwordReset' : 'invitation', ctx.now)
      return changeRows(tx, memberKind, [before], {}, () => true)
    },
    async (tx) => ({ link: shownOnce(link), member: await readMember(tx, ctx, seen.id) }),
  )
}
