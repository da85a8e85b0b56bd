import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import type { memberships } from '../../db/schema/index.ts'
import { users } from '../../db/schema/index.ts'
import { lockAccount } from '../auth/account.ts'
import { endOwnership, makeOwner } from '../auth/owners.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { alsoTelling } from '../journal/entry.ts'
import { mutate } from '../journal/operation.ts'
import type { SeenVersion } from '../records/input.ts'
import { changeRows, seenRecord } from '../records/write.ts'
import type { AccountTold } from './kind.ts'
import { memberKind } from './kind.ts'
import { readMember } from './read.ts'

type Member = typeof memberships.$inferSelect
type Work = (tx: Transaction, ctx: MutationContext, member: Member) => Promise<AccountTold>

const byOwner = (work: Work) => (ctx: MutationContext, seen: SeenVersion) =>
  mutate(
    ctx,
    { deed: 'change', about: 'membership' },
    async (tx) => {
      const before = await seenRecord(tx, memberKind, ctx, seen)
      if (before.archivedAt || before.invitedName !== null) throw new DomainError('member.not_found')
      const actor = await lockAccount(tx, eq(users.id, ctx.actor.userId ?? ''))
      if (!actor?.isOwner || actor.disabledAt) throw new DomainError('permission.missing')
      const told = await work(tx, ctx, before)
      return alsoTelling(await changeRows(tx, memberKind, [before], {}, () => true), told)
    },
    (tx) => readMember(tx, ctx, seen.id),
  )

/** Throws `owner.password` where somebody else may know the new owner's password: an owner comes into every new school. */
export const giveOwnership = byOwner(async (tx, _ctx, { userId }) => {
  const account = await lockAccount(tx, eq(users.id, userId))
  if (!account || account.disabledAt) throw new DomainError('member.disabled')
  if (!account.passwordChosenAt) throw new DomainError('owner.password')
  return makeOwner(tx, account)
})

/** Throws `owner.last`. One's own ownership only; the command line ends that of others. */
export const giveUpOwnership = byOwner(async (tx, { actor }, { userId }) => {
  if (userId !== actor.userId) throw new DomainError('permission.missing')
  return endOwnership(tx, { id: userId, isOwner: true })
})
