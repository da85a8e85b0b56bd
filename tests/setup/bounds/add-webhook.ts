import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { webhookDeliveries, webhooks } from '../../../db/schema/index.ts'
import { db } from '../people.ts'

export async function addWebhook(schoolId: number): Promise<string> {
  const id = newId()
  await db.transaction(noSchool, async (tx) => {
    await tx.insert(webhooks).values({
      schoolId,
      id,
      name: 'Library',
      url: 'https://library.example/hook',
      entities: ['student'],
      state: 'on',
    })
    await tx
      .insert(webhookDeliveries)
      .values({ schoolId, webhookId: id, secret: 'whsec_none', sentFrom: 'https://school.example', position: 0 })
  })
  return id
}
