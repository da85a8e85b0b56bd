import type { SQL } from 'drizzle-orm'
import { and, eq, isNull } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { webhookDeliveries, webhooks } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { inOrder, required, theOne } from '../records/read.ts'
import type { Sending } from './address.ts'
import type { EventEntity } from './input.ts'
import type { WebhookProblem } from './send.ts'

export interface Sender {
  sending?: Sending | undefined
}

export const ofWebhook = and(
  eq(webhookDeliveries.schoolId, webhooks.schoolId),
  eq(webhookDeliveries.webhookId, webhooks.id),
)

const webhooksWhere = async (db: Reader, { sending }: Sender, condition: SQL | undefined) => {
  const rows = await db
    .select({
      id: webhooks.id,
      name: webhooks.name,
      url: webhooks.url,
      entities: webhooks.entities,
      state: webhooks.state,
      disabledBecause: webhooks.disabledBecause,
      position: webhookDeliveries.position,
      sentFrom: webhookDeliveries.sentFrom,
      formerUntil: webhookDeliveries.formerUntil,
      failingSince: webhookDeliveries.failingSince,
      nextAt: webhookDeliveries.nextAt,
      lastAt: webhookDeliveries.lastAt,
      lastStatus: webhookDeliveries.lastStatus,
      lastProblem: webhookDeliveries.lastProblem,
      version: webhooks.version,
      archivedAt: webhooks.archivedAt,
    })
    .from(webhooks)
    .leftJoin(webhookDeliveries, ofWebhook)
    .where(condition)
  return rows.map(({ entities, lastProblem, sentFrom, formerUntil, failingSince, nextAt, lastAt, ...row }) => ({
    ...row,
    entities: entities as EventEntity[],
    lastProblem: lastProblem as WebhookProblem | null,
    /** Null for a webhook that came with a school from another register. */
    sentFrom,
    isSentHere: sentFrom !== null && sentFrom === sending?.from,
    formerUntil: formerUntil?.toISOString() ?? null,
    failingSince: failingSince?.toISOString() ?? null,
    nextAt: failingSince ? (nextAt?.toISOString() ?? null) : null,
    lastAt: lastAt?.toISOString() ?? null,
  }))
}

export async function listWebhooks(ctx: Context & Sender) {
  const here = and(eq(webhooks.schoolId, ctx.school.id), isNull(webhooks.archivedAt))
  const rows = inOrder(await webhooksWhere(ctx.db, ctx, here), ({ name }) => name)
  const from = ctx.sending?.from ?? null
  return { rows: rows.map(({ archivedAt: _, ...row }) => row), from }
}

export const readWebhook = async (db: Reader, ctx: Context & Sender, id: string) =>
  required(await webhooksWhere(db, ctx, theOne(webhooks, ctx, id)), 'webhook.not_found')
