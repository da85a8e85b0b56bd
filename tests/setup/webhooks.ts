/** A webhook of the file's own school, and what sends to it at a moment. */
import { eq } from 'drizzle-orm'
import { webhookDeliveries } from '../../db/schema/index.ts'
import type { Person } from '../../server/trpc.ts'
import type { DispatchOptions } from '../../server/webhooks/dispatcher.ts'
import { Dispatcher } from '../../server/webhooks/dispatcher.ts'
import type { EventEntity } from '../../server/webhooks/input.ts'
import { as, db, now, sending } from './people.ts'

export const administering = (person: Person, at = now) => as(person, { now: at })

export async function makeWebhook(person: Person, url: string, entities: EventEntity[] = ['student']) {
  return administering(person).webhooks.create({ name: 'Library', url, entities })
}

export const after = (ms: number) => new Date(now.getTime() + ms)

export interface Told {
  disabled: string[]
  failed: unknown[]
}
export function dispatcherAt(
  at: Date | (() => Date),
  more: Partial<DispatchOptions> = {},
): Dispatcher & { told: Told } {
  const told: Told = { disabled: [], failed: [] }
  const dispatcher = new Dispatcher(db, {
    sending,
    now: typeof at === 'function' ? at : () => at,
    isStopping: () => false,
    random: () => 0.5,
    disabled: (because) => void told.disabled.push(because),
    failed: (error) => void told.failed.push(error),
    ...more,
  })
  return Object.assign(dispatcher, { told })
}

/** One look of a server, and all that comes of it. */
export async function dispatch(at: Date = now, more: Partial<DispatchOptions> = {}): Promise<Told> {
  const dispatcher = dispatcherAt(at, more)
  await dispatcher.look()
  await dispatcher.idle()
  return dispatcher.told
}

export async function deliveryRow(webhookId: string) {
  const [row] = await db.select().from(webhookDeliveries).where(eq(webhookDeliveries.webhookId, webhookId))
  return row
}
