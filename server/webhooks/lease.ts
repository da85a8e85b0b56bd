/** One process at a time sends to a webhook. Another takes over when the first says nothing for a minute. */
import { and, asc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { journal, schools, webhookDeliveries, webhooks } from '../../db/schema/index.ts'
import type { DeliveryRow, WebhookKey } from './deliveries.ts'
import { letGo, theDelivery } from './deliveries.ts'
import { ofWebhook } from './read.ts'

/** In ms. Longer than any request. */
export const leaseFor = 60_000

export interface Leased extends DeliveryRow {
  owner: string
}

const until = (now: Date) => new Date(now.getTime() + leaseFor)
const { leaseUntil, nextAt, schoolId, position, attempts } = webhookDeliveries
const isFree = (now: Date) => or(isNull(leaseUntil), lte(leaseUntil, now))

/** Only servers at the address for which it was made send, so that a copy of the register stays silent. */
const isSent = (from: string) =>
  and(
    eq(webhooks.state, 'on'),
    isNull(webhooks.archivedAt),
    isNull(schools.archivedAt),
    eq(webhookDeliveries.sentFrom, from),
  )

export interface Due extends WebhookKey {
  attempts: number
}

/** Those that wait longest come first. */
export async function dueWebhooks(db: Database, from: string, now: Date, limit: number): Promise<Due[]> {
  const { webhookId } = webhookDeliveries
  const newer = sql`exists (select 1 from ${journal} where ${eq(journal.schoolId, schoolId)} and ${gt(journal.number, position)})`
  return db
    .select({ schoolId, webhookId, attempts })
    .from(webhookDeliveries)
    .innerJoin(webhooks, ofWebhook)
    .innerJoin(schools, eq(schools.id, schoolId))
    .where(and(isSent(from), isFree(now), or(isNull(nextAt), lte(nextAt, now)), newer))
    .orderBy(asc(attempts), asc(nextAt), asc(schoolId), asc(webhookId))
    .limit(limit)
}

export async function schoolsWithWebhooks(db: Database): Promise<Set<number>> {
  const rows = await db.selectDistinct({ schoolId }).from(webhookDeliveries)
  return new Set(rows.map((row) => row.schoolId))
}

export async function claim(db: Database, key: WebhookKey, now: Date): Promise<Leased | undefined> {
  const owner = newId()
  const [taken] = await db.transaction(noSchool, (tx) =>
    tx
      .update(webhookDeliveries)
      .set({ leaseOwner: owner, leaseUntil: until(now) })
      .where(and(theDelivery(key), isFree(now), or(isNull(nextAt), lte(nextAt, now))))
      .returning(),
  )
  return taken && { ...taken, owner }
}

/** What the next batch is sent to; undefined once nothing may be sent any more. */
export async function targetOf(db: Database, key: WebhookKey, from: string) {
  const [found] = await db
    .select({ url: webhooks.url, entities: webhooks.entities, school: { id: schools.id, slug: schools.slug } })
    .from(webhookDeliveries)
    .innerJoin(webhooks, ofWebhook)
    .innerJoin(schools, eq(schools.id, schoolId))
    .where(and(theDelivery(key), isSent(from)))
  return found
}

type Kept = Partial<Omit<DeliveryRow, keyof WebhookKey | 'leaseOwner' | 'leaseUntil'>>
const write = async (db: Database, job: Leased, set: Partial<DeliveryRow>): Promise<boolean> => {
  const [row] = await db.transaction(noSchool, (tx) =>
    tx
      .update(webhookDeliveries)
      .set(set)
      .where(and(theDelivery(job), eq(webhookDeliveries.leaseOwner, job.owner)))
      .returning({ position }),
  )
  return row !== undefined
}

/** Answers false when the lease is lost: somebody changed the webhook, or this process was silent for too long. */
export const keep = (db: Database, job: Leased, now: Date, set: Kept) =>
  write(db, job, { ...set, leaseUntil: until(now) })

export const release = (db: Database, job: Leased, set: Kept) => write(db, job, { ...set, ...letGo })
