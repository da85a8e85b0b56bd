import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { alsoTelling } from '../journal/entry.ts'
import { newestNumber } from '../journal/newest.ts'
import { mutate } from '../journal/operation.ts'
import { changeRows } from '../records/write.ts'
import { begunAgain, deliveryOf, setDelivery } from './deliveries.ts'
import type { ReplayWebhookInput } from './input.ts'
import { webhookKind } from './kind.ts'
import type { Sender } from './read.ts'
import { readWebhook } from './read.ts'
import { seenWebhook } from './state.ts'

/** Tells again, or leaves out what waits: it goes on after this number. Throws `webhook.number_ahead`, `webhook.no_secret`. */
export const replayWebhook = (ctx: MutationContext & Sender, { after, ...seen }: ReplayWebhookInput) =>
  mutate(
    ctx,
    { deed: 'change', about: 'webhook' },
    async (tx) => {
      const before = await seenWebhook(tx, ctx, seen)
      const key = { schoolId: ctx.school.id, webhookId: seen.id }
      const newest = await newestNumber(tx, ctx.school.id)
      if (after > newest) throw new DomainError('webhook.number_ahead', { newest })
      const known = await deliveryOf(tx, key)
      if (!known) throw new DomainError('webhook.no_secret')
      await setDelivery(tx, key, { ...begunAgain, position: after })
      const changes = await changeRows(tx, webhookKind, [before], {}, () => true)
      return alsoTelling(changes, { toldAfter: [known.position, after] })
    },
    (tx) => readWebhook(tx, ctx, seen.id),
  )
