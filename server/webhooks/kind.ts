import { webhooks } from '../../db/schema/index.ts'
import type { Kind } from '../records/declaration.ts'
import { edited, seen } from '../records/fields.ts'
import { ownName } from '../records/naming.ts'

/** Entries tell that the secret was made anew, and never which one it is; and after which number the receiver is told again. */
const ofDelivery = { isRotated: seen, toldAfter: seen } as const

export const webhookKind = {
  entity: 'webhook',
  table: webhooks,
  notFound: 'webhook.not_found',
  stale: 'webhook.stale',
  read: 'webhook.read',
  naming: ownName('webhook', webhooks),
  fields: {
    ...edited,
    ...ofDelivery,
    name: seen,
    url: seen,
    entities: seen,
    state: seen,
    disabledBecause: seen,
  },
  undo: { because: 'undo.impossible' },
} as const satisfies Kind<typeof webhooks>
