import type { MutationContext } from '../context.ts'
import { mutate } from '../journal/operation.ts'
import { changeRows, seenRecord } from '../records/write.ts'
import { requireReachable } from './address.ts'
import { letGo, setDelivery } from './deliveries.ts'
import type { UpdateWebhookInput } from './input.ts'
import { webhookKind } from './kind.ts'
import type { Sender } from './read.ts'
import { readWebhook } from './read.ts'

/** Throws `webhook.stale`, `webhook.insecure`, `webhook.private_address`. */
export function updateWebhook(ctx: MutationContext & Sender, { id, version, ...fields }: UpdateWebhookInput) {
  if (fields.url) requireReachable(fields.url, ctx.sending ?? { hosts: new Set() })
  return mutate(
    ctx,
    { deed: 'change', about: 'webhook' },
    async (tx) => {
      const before = await seenRecord(tx, webhookKind, ctx, { id, version })
      await setDelivery(tx, { schoolId: ctx.school.id, webhookId: id }, letGo)
      return changeRows(tx, webhookKind, [before], fields)
    },
    (tx) => readWebhook(tx, ctx, id),
  )
}
