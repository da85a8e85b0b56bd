import { and, eq } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { webhookDeliveries } from '../../db/schema/index.ts'
import { DomainError } from '../errors.ts'
import type { Sender } from './read.ts'

export type DeliveryRow = typeof webhookDeliveries.$inferSelect

export interface WebhookKey {
  schoolId: number
  webhookId: string
}
export const theDelivery = ({ schoolId, webhookId }: WebhookKey) =>
  and(eq(webhookDeliveries.schoolId, schoolId), eq(webhookDeliveries.webhookId, webhookId))

export async function deliveryOf(tx: Reader, key: WebhookKey): Promise<DeliveryRow | undefined> {
  const [row] = await tx.select().from(webhookDeliveries).where(theDelivery(key))
  return row
}

/** What a person changed holds for the next delivery: whoever sends has lost the lease. */
export const letGo = { leaseOwner: null, leaseUntil: null } as const
export const begunAgain = { ...letGo, attempts: 0, failingSince: null, nextAt: null } as const

export async function setDelivery(
  tx: Transaction,
  key: WebhookKey,
  set: Partial<Omit<DeliveryRow, keyof WebhookKey>>,
): Promise<void> {
  await tx.update(webhookDeliveries).set(set).where(theDelivery(key))
}

/** Throws `webhook.no_address` on a server that would not send. */
export function addressOf({ sending }: Sender): string {
  if (!sending?.from) throw new DomainError('webhook.no_address')
  return sending.from
}
