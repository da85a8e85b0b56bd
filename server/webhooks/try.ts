import { newId } from '../../db/kit.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { addressOf, deliveryOf } from './deliveries.ts'
import { testMessage } from './events.ts'
import type { Sender } from './read.ts'
import { readWebhook } from './read.ts'
import { signedHeaders } from './secret.ts'
import { send } from './send.ts'

/** Sends one message of the type `webhook.test` at once, whatever the state, and answers what came back. */
export async function tryWebhook(ctx: Context & Sender, { id }: { id: string }) {
  addressOf(ctx)
  const { url, archivedAt } = await readWebhook(ctx.db, ctx, id)
  const delivery = await deliveryOf(ctx.db, { schoolId: ctx.school.id, webhookId: id })
  if (archivedAt) throw new DomainError('webhook.not_found')
  if (!delivery || !ctx.sending) throw new DomainError('webhook.no_secret')
  const message = testMessage(ctx.school, newId(), ctx.now)
  const headers = signedHeaders(delivery, message.id, message.body, ctx.now)
  const began = performance.now()
  const answered = await send(url, headers, message.body, { sending: ctx.sending })
  return { status: null, problem: null, ...answered, ms: Math.round(performance.now() - began) }
}
