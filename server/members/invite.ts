import { and, eq } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { memberships, users } from '../../db/schema/index.ts'
import type { Account } from '../auth/account.ts'
import { lockAccount } from '../auth/account.ts'
import type { Link } from '../auth/links.ts'
import { makeInvitation } from '../auth/links.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import { mutate } from '../journal/operation.ts'
import { requireReferences } from '../records/refer.ts'
import { addRows, changeRows } from '../records/write.ts'
import type { InviteMemberInput } from './input.ts'
import { memberKind } from './kind.ts'
import { shownOnce } from './link.ts'
import { readMember } from './read.ts'
import { requireFreeInstructor } from './rights.ts'

/** An account that exists keeps its name. */
async function accountOf(tx: Transaction, { name, email }: InviteMemberInput, now: Date): Promise<Account> {
  await tx.insert(users).values({ name, email, createdAt: now }).onConflictDoNothing({ target: users.email })
  const account = await lockAccount(tx, eq(users.email, email))
  if (!account) throw new Error('the account that was made is not there')
  return account
}

/** Throws `member.already` for a member, and `member.disabled` for a former one whose account is disabled. */
async function addMember(
  tx: Transaction,
  schoolId: number,
  { id: userId, disabledAt }: Account,
  { name: invitedName, role, instructorId = null }: InviteMemberInput,
): Promise<Change[]> {
  const [before] = await tx
    .select()
    .from(memberships)
    .where(and(eq(memberships.schoolId, schoolId), eq(memberships.userId, userId)))
  if (!before) return addRows(tx, memberKind, schoolId, [{ userId, invitedName, role, instructorId }])
  if (!before.archivedAt) throw new DomainError('member.already')
  if (disabledAt && before.invitedName === null) throw new DomainError('member.disabled')
  return changeRows(tx, memberKind, [before], { invitedName, role, instructorId, archivedAt: null })
}

/** The membership gives no rights until its person joins by the link, which is shown once: others may know her password. */
export function inviteMember(ctx: MutationContext, input: InviteMemberInput) {
  const { school, now } = ctx
  let link: Link | undefined
  return mutate(
    ctx,
    { deed: 'add', about: 'membership' },
    async (tx) => {
      await requireReferences(tx, school.id, memberKind, { instructorId: input.instructorId })
      await requireFreeInstructor(tx, school.id, input.instructorId)
      const account = await accountOf(tx, input, now)
      const changes = await addMember(tx, school.id, account, input)
      link = await makeInvitation(tx, ctx, account)
      return changes
    },
    async (tx, [first]) => ({ link: shownOnce(link), member: await readMember(tx, ctx, first?.id ?? '') }),
  )
}
