import { and, eq, ne } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { memberships, schools, sessions, users } from '../../db/schema/index.ts'
import { canonical, sha256 } from '../canonical.ts'
import { DomainError } from '../errors.ts'
import { append, beginOperation } from '../journal/append.ts'
import type { Change } from '../journal/entry.ts'
import { memberKind } from '../members/kind.ts'
import { changeRows } from '../records/write.ts'
import type { RequestContext } from '../trpc.ts'
import type { Account } from './account.ts'
import { lockAccount, schoolNamesOf } from './account.ts'
import { countGuess, forgetGuesses } from './guesses.ts'
import type { AcceptInvitationInput } from './input.ts'
import type { FoundLink } from './links.ts'
import { forgetResets, takeLink } from './links.ts'
import { hashPassword, isPassword, refuseCommonPassword } from './passwords.ts'
import { hasJoined, stillAdministers } from './rights.ts'
import { endSessions } from './sessions.ts'
import { setPassword } from './set-password.ts'

/** The membership that waits for the link's person. Throws `link.expired` where there is none. */
export async function waitingMembership(db: Reader, { schoolId, id }: Pick<FoundLink, 'schoolId' | 'id'>) {
  const [found] = await db
    .select({ membership: memberships, school: schools.name })
    .from(memberships)
    .innerJoin(schools, eq(schools.id, memberships.schoolId))
    .where(and(eq(memberships.schoolId, schoolId ?? 0), eq(memberships.userId, id)))
  const { invitedName, archivedAt } = found?.membership ?? {}
  if (!found || archivedAt || !invitedName) throw new DomainError('link.expired')
  return { ...found, invitedName }
}
type Waiting = Awaited<ReturnType<typeof waitingMembership>>

/** Throws unless the present password is right: an inviting school must not gain what the account may do elsewhere. */
async function proveAccount(ctx: RequestContext, { email, passwordHash, disabledAt }: FoundLink, present: string) {
  const device = await countGuess(ctx, { email, passwordHash })
  const isRight = await isPassword(passwordHash, present)
  if (!isRight || disabledAt) throw new DomainError('password.wrong')
  await ctx.db.transaction(noSchool, (tx) => forgetGuesses(tx, ctx, email, device))
}

/** The account's own name and schools are not used until the person has proved who she is: whoever made the link would learn them by trying. */
async function knownOf(db: Reader, { id, name, email }: FoundLink, waiting: Waiting, isProven: boolean) {
  const asInvited = [waiting.invitedName, email, waiting.school]
  return isProven ? [...asInvited, name, ...(await schoolNamesOf(db, id))] : asInvited
}

/** A right granted by an older release to an account without a password is whoever's has that invitation. */
async function requireNoOtherRights(tx: Transaction, schoolId: number, userId: string): Promise<void> {
  const [other] = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), ne(memberships.schoolId, schoolId), hasJoined()))
    .limit(1)
  if (other) throw new DomainError('member.pending')
}

/** Throws `password.choose` where the present password may be known to whoever made an earlier link. */
async function confirmPassword(
  tx: Transaction,
  { id, passwordHash, passwordChosenAt }: Account,
  proven: string | null,
) {
  if (passwordHash !== proven) throw new DomainError('password.wrong')
  if (passwordChosenAt === null) throw new DomainError('password.choose')
  await endSessions(tx, eq(sessions.userId, id))
  await forgetResets(tx, id)
}

const unproven = (proven: string | null) => new DomainError(proven === null ? 'link.has_account' : 'password.wrong')
async function choosePassword(tx: Transaction, account: Account, hash: string, proven: string | null, now: Date) {
  if (!(await setPassword(tx, account, { hash, instead: proven }, now))) throw unproven(proven)
}

type Write = (tx: Transaction) => Promise<Change[]>
/** The person herself is who the school's history says has joined. */
async function asOperation(tx: Transaction, schoolId: number, key: string, userId: string, now: Date, write: Write) {
  const did = { deed: 'change', about: 'membership', way: 'screen', procedure: 'invitation.accept' } as const
  const operation = { ...did, id: key, inputHash: sha256(canonical({ userId })), actorId: userId, at: now }
  const head = await beginOperation(tx, schoolId, operation)
  if (!head) throw new DomainError('operation.repeated')
  await append(tx, schoolId, head, await write(tx))
}

/** Ends all sessions of the person. Whoever has an account proves it by its password, and chooses another one unless she chose the present one herself. */
export async function joinSchool<T>(
  ctx: RequestContext,
  key: string,
  link: FoundLink,
  { token, password, presentPassword }: AcceptInvitationInput,
  and: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const { db, now } = ctx
  const waits = await waitingMembership(db, link)
  const { schoolId } = waits.membership
  const isProven = presentPassword !== undefined
  if (password === undefined && !isProven) throw new DomainError('password.choose')
  if (password !== undefined && password === presentPassword) throw new DomainError('password.same')
  if (isProven) await proveAccount(ctx, link, presentPassword)
  if (password !== undefined) refuseCommonPassword(password, ...(await knownOf(db, link, waits, isProven)))
  const hash = password === undefined ? undefined : await hashPassword(password)
  const proven = isProven ? link.passwordHash : null
  return db.transaction(schoolId, async (tx) => {
    await asOperation(tx, schoolId, key, link.id, now, async () => {
      const account = await lockAccount(tx, eq(users.id, link.id))
      if (!account || !(await stillAdministers(tx, link))) throw new DomainError('link.expired')
      if (account.disabledAt) throw unproven(proven)
      await takeLink(tx, token, now)
      const waiting = await waitingMembership(tx, link)
      if (account.passwordHash === null) {
        await requireNoOtherRights(tx, schoolId, account.id)
        await tx.update(users).set({ name: waiting.invitedName }).where(eq(users.id, account.id))
      }
      if (hash === undefined) await confirmPassword(tx, account, proven)
      else await choosePassword(tx, account, hash, proven, now)
      return changeRows(tx, memberKind, [waiting.membership], { invitedName: null })
    })
    return and(tx)
  })
}
