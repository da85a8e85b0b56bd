import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { oneTimeTokens } from '../../db/schema/index.ts'
import { forgetResets } from '../auth/links.ts'
import type { MutationContext } from '../context.ts'
import { mutate } from '../journal/operation.ts'
import { archiveRecord, restoreRecord } from '../records/archive.ts'
import type { SeenVersion } from '../records/input.ts'
import { seenRecord } from '../records/write.ts'
import { memberKind } from './kind.ts'
import { readMember } from './read.ts'
import { keepAnAdministrator, reachesBeyond, requireFreeInstructor } from './rights.ts'

async function remove(tx: Transaction, ctx: MutationContext, seen: SeenVersion) {
  const before = await seenRecord(tx, memberKind, ctx, seen)
  if (before.role === 'administrator' && !before.archivedAt) await keepAnAdministrator(tx, ctx.school.id, seen.id)
  await tx.delete(oneTimeTokens).where(eq(oneTimeTokens.userId, before.userId))
  return archiveRecord(tx, ctx, memberKind, { ...seen, standing: 'ask' })
}

/** Links made for the membership stop working. The account and its other schools stay. */
export const removeMember = (ctx: MutationContext, seen: SeenVersion) =>
  mutate(
    ctx,
    { deed: 'archive', about: 'membership' },
    (tx) => remove(tx, ctx, seen),
    (tx) => readMember(tx, ctx, seen.id),
  )

async function restore(tx: Transaction, ctx: MutationContext, seen: SeenVersion) {
  const { instructorId, userId } = await seenRecord(tx, memberKind, ctx, seen)
  await requireFreeInstructor(tx, ctx.school.id, instructorId, seen.id)
  await reachesBeyond(tx, ctx, userId)
  await forgetResets(tx, userId)
  return restoreRecord(tx, ctx, memberKind, seen)
}

export const restoreMember = (ctx: MutationContext, seen: SeenVersion) =>
  mutate(
    ctx,
    { deed: 'restore', about: 'membership' },
    (tx) => restore(tx, ctx, seen),
    (tx) => readMember(tx, ctx, seen.id),
  )
