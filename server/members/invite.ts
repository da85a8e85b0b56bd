import { and, eq } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { memberships, users } from '../../db/schema/index.ts'
import type { Link } from '../auth/links.ts'
import { forgetResets, makeLink } from '../auth/links.ts'
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
import { reachesBeyond, requireFreeInstructor } from './rights.ts'

/** An account that exists keeps its name. */
async function accountOf(tx: Transaction, { name, email }: InviteMemberInput, now: Date) {
  await tx.insert(users).values({ name, email, createdAt: now }).onConflictDoNothing({ target: users.email })
  const [user] = await tx
    .select({ id: users.id, passwordHash: users.passwordHash, disabledAt: users.disabledAt })
    .from(users)
    .where(eq(users.email, email))
  if (!user) throw new Error('the account that was made is not there')
  if (user.disabledAt) throw new DomainError('member.disabled')
  return { id: user.id, isNew: user.passwordHash === null }
}

/** Throws `member.already` for a member. */
async function addMember(
  tx: Transaction,
  schoolId: number,
  userId: string,
  fields: Pick<InviteMemberInput, 'role' | 'instructorId'>,
): Promise<Change[]> {
  const [before] = await tx
    .select()
    .from(memberships)
    .where(and(eq(memberships.schoolId, schoolId), eq(memberships.userId, userId)))
  if (!before) return addRows(tx, memberKind, schoolId, [{ userId, ...fields }])
  if (!before.archivedAt) throw new DomainError('member.already')
  const { role, instructorId = null } = fields
  return changeRows(tx, memberKind, [before], { role, instructorId, archivedAt: null })
}

/** A person without a password gets a link, shown once. Throws `member.pending` while another school's invitation is open. */
export function inviteMember(ctx: MutationContext, input: InviteMemberInput) {
  const { school, now } = ctx
  let link: Link | null | undefined
  return mutate(
    ctx,
    { deed: 'add', about: 'membership' },
    async (tx) => {
      await requireReferences(tx, school.id, memberKind, { instructorId: input.instructorId })
      await requireFreeInstructor(tx, school.id, input.instructorId)
      const account = await accountOf(tx, input, now)
      const changes = await addMember(tx, school.id, account.id, input)
      const isBeyond = await reachesBeyond(tx, ctx, account.id)
      await forgetResets(tx, account.id)
      link = account.isNew && !isBeyond ? await makeLink(tx, account.id, 'invitation', now) : null
      return changes
    },
    async (tx, [first]) => ({ link: shownOnce(link), member: await readMember(tx, ctx, first?.id ?? '') }),
  )
}
