import { and, asc, eq, gt } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { refersTo } from '../../db/rows.ts'
import { journal, operations } from '../../db/schema/index.ts'
import type { School } from '../context.ts'

export const eventsAtOnce = 100

export const eventsAfter = (db: Reader, schoolId: number, number: number) =>
  db
    .select({
      number: journal.number,
      entity: journal.entity,
      id: journal.entityId,
      version: journal.version,
      hash: journal.hash,
      deed: operations.deed,
      at: operations.at,
    })
    .from(journal)
    .innerJoin(operations, refersTo(journal.operationId, operations))
    .where(and(eq(journal.schoolId, schoolId), gt(journal.number, number)))
    .orderBy(asc(journal.number))
    .limit(eventsAtOnce)
export type Event = Awaited<ReturnType<typeof eventsAfter>>[number]

export interface Message {
  id: string
  body: string
}

/** After a restored backup a number stands for another entry, and its hash is another then: receivers take no new event for one they know. */
export function messageOf(school: Pick<School, 'id' | 'slug'>, { number, hash, at, ...event }: Event): Message {
  const { entity, id, version, deed } = event
  const data = { school: school.slug, number, entity, id, version, deed }
  return {
    id: `${school.id}.${number}.${hash.slice(0, 16)}`,
    body: JSON.stringify({ type: `${entity}.changed`, timestamp: at.toISOString(), data }),
  }
}

export const testMessage = (school: Pick<School, 'id' | 'slug'>, key: string, at: Date): Message => ({
  id: `${school.id}.test.${key}`,
  body: JSON.stringify({ type: 'webhook.test', timestamp: at.toISOString(), data: { school: school.slug } }),
})
