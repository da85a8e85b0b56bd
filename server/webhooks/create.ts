import { and, count, eq, isNull } from 'drizzle-orm'
import { webhookDeliveries, webhooks } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { newestNumber } from '../journal/newest.ts'
import { mutate } from '../journal/operation.ts'
import { addRecord } from '../records/write.ts'
import { requireReachable } from './address.ts'
import { addressOf } from './deliveries.ts'
import type { CreateWebhookInput } from './input.ts'
import { webhookKind } from './kind.ts'
import type { Sender } from './read.ts'
import { newSecret } from './secret.ts'

export const webhooksAtMost = 20

export interface MadeSecret {
  id: string
  secret: string
}

/** A secret is shown once; a repeated request made none, so it is `operation.repeated`. */
export function secretOnce(made: MadeSecret | undefined): MadeSecret {
  if (!made) throw new DomainError('operation.repeated')
  return made
}

/** It is told of what changes from now on. Throws `webhook.no_address`, `webhook.insecure`, `webhook.private_address`, `webhook.too_many`. */
export function createWebhook(ctx: MutationContext & Sender, input: CreateWebhookInput) {
  const { school } = ctx
  const sentFrom = addressOf(ctx)
  requireReachable(input.url, ctx.sending ?? { hosts: new Set() })
  let made: MadeSecret | undefined
  return mutate(
    ctx,
    { deed: 'add', about: 'webhook' },
    async (tx) => {
      const inUse = and(eq(webhooks.schoolId, school.id), isNull(webhooks.archivedAt))
      const [held] = await tx.select({ n: count() }).from(webhooks).where(inUse)
      if ((held?.n ?? 0) >= webhooksAtMost) throw new DomainError('webhook.too_many', { most: webhooksAtMost })
      const added = await addRecord(tx, webhookKind, school.id, { ...input, state: 'on' })
      made = { id: added.after.id, secret: newSecret() }
      const position = await newestNumber(tx, school.id)
      const key = { schoolId: school.id, webhookId: made.id }
      await tx.insert(webhookDeliveries).values({ ...key, secret: made.secret, sentFrom, position })
      return [added]
    },
    async () => secretOnce(made),
  )
}
