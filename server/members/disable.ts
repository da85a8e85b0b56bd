import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { users } from '../../db/schema/index.ts'
import type { Account } from '../auth/account.ts'
import { lockAccount } from '../auth/account.ts'
import { disableAccount, enableAccount } from '../auth/owners.ts'
import { reachesBeyond } from '../auth/rights.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { alsoTelling } from '../journal/entry.ts'
import { mutate } from '../journal/operation.ts'
import type { SeenVersion } from '../records/input.ts'
import { changeRows, seenRecord } from '../records/write.ts'
import type { AccountTold } from './kind.ts'
import { memberKind } from './kind.ts'
import { readMember } from './read.ts'

/** Locks the actor's account as well, in the order of ids: of two who disable each other, the second finds itself disabled. */
async function lockBoth(tx: Transaction, actorId: string | null, userId: string): Promise<Account | undefined> {
  const ids = [userId, ...(actorId === null ? [] : [actorId])].toSorted()
  const accounts = []
  for (const id of ids) accounts.push(await lockAccount(tx, eq(users.id, id)))
  if (accounts.find((one) => one?.id === actorId)?.disabledAt) throw new DomainError('permission.changed')
  return accounts.find((one) => one?.id === userId)
}

type Switch = (tx: Transaction, account: Account, now: Date) => Promise<AccountTold>
/** The new version of the membership shows in the journal who did it. Throws `member.rights_elsewhere` as a reset does. */
const switching = (work: Switch) => (ctx: MutationContext, seen: SeenVersion) =>
  mutate(
    ctx,
    { deed: 'change', about: 'membership' },
    async (tx) => {
      const before = await seenRecord(tx, memberKind, ctx, seen)
      if (before.archivedAt) throw new DomainError('member.not_found')
      if (before.userId === ctx.actor.userId) throw new DomainError('member.yourself')
      const account = await lockBoth(tx, ctx.actor.userId, before.userId)
      const isBeyond = before.invitedName !== null || (await reachesBeyond(tx, ctx.actor.userId, before.userId))
      if (!account || isBeyond) throw new DomainError('member.rights_elsewhere')
      const told = await work(tx, account, ctx.now)
      return alsoTelling(await changeRows(tx, memberKind, [before], {}, () => true), told)
    },
    (tx) => readMember(tx, ctx, seen.id),
  )

export const disableMember = switching(disableAccount)
export const enableMember = switching(enableAccount)
