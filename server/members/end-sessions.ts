import { eq } from 'drizzle-orm'
import { sessions, users } from '../../db/schema/index.ts'
import { lockAccount } from '../auth/account.ts'
import { reachesBeyond } from '../auth/rights.ts'
import { endSessions } from '../auth/sessions.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { alsoTelling } from '../journal/entry.ts'
import { mutate } from '../journal/operation.ts'
import type { SeenVersion } from '../records/input.ts'
import { changeRows, seenRecord } from '../records/write.ts'
import { memberKind } from './kind.ts'
import { readMember } from './read.ts'

/** The new version of the membership shows in the journal who did it. Throws `member.rights_elsewhere` as a reset does. */
export const endMemberSessions = (ctx: MutationContext, seen: SeenVersion) =>
  mutate(
    ctx,
    { deed: 'change', about: 'membership' },
    async (tx) => {
      const before = await seenRecord(tx, memberKind, ctx, seen)
      if (before.archivedAt) throw new DomainError('member.not_found')
      await lockAccount(tx, eq(users.id, before.userId))
      const isBeyond = before.invitedName !== null || (await reachesBeyond(tx, ctx.actor.userId, before.userId))
      if (isBeyond) throw new DomainError('member.rights_elsewhere')
      await endSessions(tx, eq(sessions.userId, before.userId))
      const changes = await changeRows(tx, memberKind, [before], {}, () => true)
      return alsoTelling(changes, { sessions: [null, 'ended'] })
    },
    (tx) => readMember(tx, ctx, seen.id),
  )
