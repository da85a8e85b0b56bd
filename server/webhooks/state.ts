import type { Transaction } from '../../db/database.ts'
import { webhookDeliveries } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import { mutate } from '../journal/operation.ts'
import { archiveRecord } from '../records/archive.ts'
import type { SeenVersion } from '../records/input.ts'
import type { RowOf } from '../records/kind.ts'
import { changeRows, seenRecord } from '../records/write.ts'
import type { WebhookKey } from './deliveries.ts'
import { addressOf, begunAgain, deliveryOf, letGo, setDelivery, theDelivery } from './deliveries.ts'
import { webhookKind } from './kind.ts'
import type { Sender } from './read.ts'
import { readWebhook } from './read.ts'

type Row = RowOf<(typeof webhookKind)['table']>

/** Throws `webhook.stale`, and `webhook.not_found` for one that is archived. */
export async function seenWebhook(tx: Transaction, ctx: MutationContext, seen: SeenVersion): Promise<Row> {
  const row = await seenRecord(tx, webhookKind, ctx, seen)
  if (row.archivedAt) throw new DomainError('webhook.not_found')
  return row
}

type Write = (tx: Transaction, key: WebhookKey, before: Row) => Promise<Change[]>
const changed = (ctx: MutationContext & Sender, seen: SeenVersion, write: Write) =>
  mutate(
    ctx,
    { deed: 'change', about: 'webhook' },
    async (tx) => write(tx, { schoolId: ctx.school.id, webhookId: seen.id }, await seenWebhook(tx, ctx, seen)),
    (tx) => readWebhook(tx, ctx, seen.id),
  )

export const pauseWebhook = (ctx: MutationContext & Sender, seen: SeenVersion) =>
  changed(ctx, seen, async (tx, key, before) => {
    await setDelivery(tx, key, letGo)
    return changeRows(tx, webhookKind, [before], { state: 'paused', disabledBecause: null })
  })

/** It goes on where it ended, from this register's address. Throws `webhook.no_secret` where it came from another register. */
export function resumeWebhook(ctx: MutationContext & Sender, seen: SeenVersion) {
  const sentFrom = addressOf(ctx)
  return changed(ctx, seen, async (tx, key, before) => {
    const known = await deliveryOf(tx, key)
    if (!known) throw new DomainError('webhook.no_secret')
    await setDelivery(tx, key, { ...begunAgain, sentFrom })
    const isMoved = known.sentFrom !== sentFrom
    return changeRows(tx, webhookKind, [before], { state: 'on', disabledBecause: null }, () => isMoved)
  })
}

/** Its secret goes with it. */
export const archiveWebhook = (ctx: MutationContext & Sender, seen: SeenVersion) =>
  mutate(
    ctx,
    { deed: 'archive', about: 'webhook' },
    async (tx) => {
      await seenWebhook(tx, ctx, seen)
      await tx.delete(webhookDeliveries).where(theDelivery({ schoolId: ctx.school.id, webhookId: seen.id }))
      return archiveRecord(tx, ctx, webhookKind, { ...seen, standing: 'ask' })
    },
    (tx) => readWebhook(tx, ctx, seen.id),
  )
