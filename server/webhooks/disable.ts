import { and, eq } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { webhooks } from '../../db/schema/index.ts'
import type { webhookEnds } from '../../db/values.ts'
import { canonical, sha256 } from '../canonical.ts'
import type { MutationContext } from '../context.ts'
import { mutate } from '../journal/operation.ts'
import { changeRows } from '../records/write.ts'
import type { WebhookKey } from './deliveries.ts'
import { webhookKind } from './kind.ts'

type Ends = (typeof webhookEnds)[number]

/** In the school's journal, by nobody. One that somebody paused meanwhile stays as it is. */
export async function disableWebhook(db: Database, key: WebhookKey, disabledBecause: Ends, now: Date): Promise<void> {
  const inputHash = sha256(canonical({ ...key, disabledBecause }))
  const operation = { id: newId(), procedure: 'webhooks.disable', inputHash, way: 'cli' as const }
  const ctx = { db, school: { id: key.schoolId }, actor: { userId: null }, now, operation } as MutationContext
  await mutate(
    ctx,
    { deed: 'change', about: 'webhook' },
    async (tx) => {
      const { schoolId, id, state } = webhooks
      const rows = await tx
        .select()
        .from(webhooks)
        .where(and(eq(schoolId, key.schoolId), eq(id, key.webhookId), eq(state, 'on')))
      return changeRows(tx, webhookKind, rows, { state: 'disabled', disabledBecause })
    },
    async () => null,
  )
}
