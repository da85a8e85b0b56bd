import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { users } from '../../db/schema/index.ts'
import { lockAccount } from '../auth/account.ts'
import { endTokens } from '../auth/end-tokens.ts'
import { forgetLinksOf } from '../auth/links.ts'
import type { MutationContext } from '../context.ts'
import { mutate } from '../journal/operation.ts'
import { archiveRecord } from '../records/archive.ts'
import type { SeenVersion } from '../records/input.ts'
import { changeRows, seenRecord } from '../records/write.ts'
import { memberKind } from './kind.ts'
import { readMember } from './read.ts'
import { isKnownElsewhere, keepAnAdministrator, requireFreeInstructor } from './rights.ts'

async function remove(tx: Transaction, ctx: MutationContext, seen: SeenVersion) {
  const before = await seenRecord(tx, memberKind, ctx, seen)
  if (before.role === 'administrator' && !before.archivedAt) await keepAnAdministrator(tx, ctx.school.id, seen.id)
  await lockAccount(tx, eq(users.id, before.userId))
  await forgetLinksOf(tx, ctx.school.id, before.userId)
  await endTokens(tx, before.userId, ctx.school.id)
  return archiveRecord(tx, ctx, memberKind, { ...seen, standing: 'ask' })
}

/** Links and tokens made for the membership stop working, for good. The account and its other schools stay. */
export const removeMember = (ctx: MutationContext, seen: SeenVersion) =>
  mutate(
    ctx,
    { deed: 'archive', about: 'membership' },
    (tx) => remove(tx, ctx, seen),
    (tx) => readMember(tx, ctx, seen.id),
  )

async function restore(tx: Transaction, ctx: MutationContext, seen: SeenVersion) {
  const before = await seenRecord(tx, memberKind, ctx, seen)
  if (!before.archivedAt) return []
  await requireFreeInstructor(tx, ctx.school.id, before.instructorId, seen.id)
  const account = await lockAccount(tx, eq(users.id, before.userId))
  const waits = account && (await isKnownElsewhere(tx, ctx.school.id, account.id))
  const invitedName = before.invitedName ?? (waits ? account.name : null)
  return changeRows(tx, memberKind, [before], { archivedAt: null, invitedName })
}

/** Whoever belongs or belonged to another school joins anew, by a link: others may have set her password meanwhile. */
export const restoreMember = (ctx: MutationContext, seen: SeenVersion) =>
  mutate(
    ctx,
    { deed: 'restore', about: 'membership' },
    (tx) => restore(tx, ctx, seen),
    (tx) => readMember(tx, ctx, seen.id),
  )
