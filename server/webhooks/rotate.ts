import { webhookDeliveries } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import { alsoTelling } from '../journal/entry.ts'
import { newestNumber } from '../journal/newest.ts'
import { mutate } from '../journal/operation.ts'
import type { SeenVersion } from '../records/input.ts'
import { changeRows } from '../records/write.ts'
import type { MadeSecret } from './create.ts'
import { secretOnce } from './create.ts'
import { addressOf, deliveryOf, letGo, setDelivery } from './deliveries.ts'
import { webhookKind } from './kind.ts'
import type { Sender } from './read.ts'
import { formerFor, newSecret } from './secret.ts'
import { seenWebhook } from './state.ts'

/** The secret before signs too for a day. A webhook that came from another register gets its first one here. */
export function rotateWebhook(ctx: MutationContext & Sender, seen: SeenVersion) {
  const { school, now } = ctx
  const sentFrom = addressOf(ctx)
  let made: MadeSecret | undefined
  return mutate(
    ctx,
    { deed: 'change', about: 'webhook' },
    async (tx) => {
      const before = await seenWebhook(tx, ctx, seen)
      const key = { schoolId: school.id, webhookId: seen.id }
      made = { id: seen.id, secret: newSecret() }
      const known = await deliveryOf(tx, key)
      const former = { formerSecret: known?.secret ?? null, formerUntil: new Date(now.getTime() + formerFor) }
      if (known) await setDelivery(tx, key, { ...letGo, ...former, secret: made.secret })
      else {
        const position = await newestNumber(tx, school.id)
        await tx.insert(webhookDeliveries).values({ ...key, secret: made.secret, sentFrom, position })
      }
      return alsoTelling(await changeRows(tx, webhookKind, [before], {}, () => true), { isRotated: [null, true] })
    },
    async () => secretOnce(made),
  )
}
