import { index, primaryKey, table } from '../kit.ts'
import { webhookEnds, webhookStates } from '../values.ts'
import { edited, owned, ownedKeys, within } from './owned.ts'

/** An address that is told which records changed. */
export const webhooks = table(
  'webhooks',
  (c) => ({
    ...owned(c),
    name: c.text(100).notNull(),
    url: c.text(2000).notNull(),
    entities: c.json<string[]>().notNull(),
    state: c.oneOf(webhookStates).notNull(),
    disabledBecause: c.oneOf(webhookEnds),
    ...edited(c),
  }),
  (t) => ownedKeys('webhooks', t),
)

/** How far a webhook's receiver was told. Apart from the webhook: neither the journal nor a school's files tell of it. */
export const webhookDeliveries = table(
  'webhook_deliveries',
  (c) => ({
    schoolId: c.integer().notNull(),
    webhookId: c.ref().notNull(),
    /** Plain, since a signature needs it. No procedure answers it a second time. */
    secret: c.text(100).notNull(),
    formerSecret: c.text(100),
    formerUntil: c.timestamp(),
    /** PUBLIC_URL of the servers that send. A copy of the register has another one, and stays silent. */
    sentFrom: c.text(2000).notNull(),
    /** The receiver was told of all entries of the journal up to this number. */
    position: c.bigint().notNull(),
    attempts: c.integer().notNull().default(0),
    failingSince: c.timestamp(),
    nextAt: c.timestamp(),
    lastAt: c.timestamp(),
    lastStatus: c.integer(),
    /** A word such as `timeout`; null when the receiver has the last one. */
    lastProblem: c.text(40),
    /** One process at a time sends to it. */
    leaseOwner: c.ref(),
    leaseUntil: c.timestamp(),
  }),
  (t) => [
    primaryKey({ name: 'webhook_deliveries_pk', columns: [t.schoolId, t.webhookId] }),
    within('webhook_deliveries_webhook_fk', t, t.webhookId, webhooks),
    index('webhook_deliveries_next_ix').on(t.nextAt),
  ],
)
