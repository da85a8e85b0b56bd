import type { Transaction } from '../../db/database.ts'
import { allows } from '../access.ts'
import type { Context, MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { mutate } from '../journal/operation.ts'
import { archiveRecord } from '../records/archive.ts'
import type { SeenVersion } from '../records/input.ts'
import { addRows, changeRows, seenRecord } from '../records/write.ts'
import { requireRoom } from './bounds.ts'
import { requireFreeName } from './free-name.ts'
import type { CreateSavedViewInput, UpdateSavedViewInput } from './input.ts'
import { savedViewKind } from './kind.ts'
import { readSavedView } from './read.ts'

const mayShare = ({ actor }: Context): boolean => allows(actor, 'savedView.share')

/** A shared view needs the permission `savedView.share`. */
export function createSavedView(ctx: MutationContext, input: CreateSavedViewInput) {
  const { userId } = ctx.actor
  if (userId === null || (input.isShared && !mayShare(ctx))) throw new DomainError('permission.missing')
  return mutate(
    ctx,
    { deed: 'add', about: 'savedView' },
    async (tx) => {
      await requireRoom(tx, ctx, userId)
      await requireFreeName(tx, ctx, userId, input)
      return addRows(tx, savedViewKind, ctx.school.id, [{ ...input, userId }])
    },
    (tx, [created]) => readSavedView(tx, ctx, created?.id ?? ''),
  )
}

/** A view that is neither the actor's own nor shared does not exist for them. */
async function seenView(tx: Transaction, ctx: MutationContext, seen: SeenVersion) {
  await readSavedView(tx, ctx, seen.id)
  return seenRecord(tx, savedViewKind, ctx, seen)
}

export const updateSavedView = (ctx: MutationContext, { id, version, ...fields }: UpdateSavedViewInput) =>
  mutate(
    ctx,
    { deed: 'change', about: 'savedView' },
    async (tx) => {
      const before = await seenView(tx, ctx, { id, version })
      const isOwn = before.userId === ctx.actor.userId
      if (!isOwn || (fields.isShared && !before.isShared && !mayShare(ctx))) throw new DomainError('permission.missing')
      await requireFreeName(tx, ctx, before.userId, { ...before, name: fields.name ?? before.name })
      return changeRows(tx, savedViewKind, [before], fields)
    },
    (tx) => readSavedView(tx, ctx, id),
  )

/** The office may archive another person's shared view. */
export const archiveSavedView = (ctx: MutationContext, seen: SeenVersion) =>
  mutate(
    ctx,
    { deed: 'archive', about: 'savedView' },
    async (tx) => {
      const before = await seenView(tx, ctx, seen)
      if (before.userId !== ctx.actor.userId && !mayShare(ctx)) throw new DomainError('permission.missing')
      return archiveRecord(tx, ctx, savedViewKind, { ...seen, standing: 'ask' })
    },
    (tx) => readSavedView(tx, ctx, seen.id),
  )
