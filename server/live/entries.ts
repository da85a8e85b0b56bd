/** Listeners learn which records changed, and not what changed in them. */
import { and, asc, eq, gt, gte, lte, sql } from 'drizzle-orm'
import type { Database, Reader } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import { refersTo } from '../../db/rows.ts'
import { journal, journalOwners, operations } from '../../db/schema/index.ts'
import { grouped } from '../grouped.ts'
import type { Owner } from '../journal/owners.ts'
import { fillJournal } from '../kinds.ts'

const { placeholder } = sql

const entriesAfter = prepared((db, _shape: 'all') =>
  db
    .select({
      number: journal.number,
      entity: journal.entity,
      id: journal.entityId,
      operationId: journal.operationId,
      actorId: operations.actorId,
    })
    .from(journal)
    .innerJoin(operations, refersTo(journal.operationId, operations))
    .where(and(eq(journal.schoolId, placeholder('schoolId')), gt(journal.number, placeholder('number'))))
    .orderBy(asc(journal.number))
    .limit(placeholder('limit')),
)

async function ownersBetween(db: Reader, schoolId: number, first: number, last: number) {
  const rows = await db
    .select({ number: journalOwners.number, entity: journalOwners.entity, id: journalOwners.id })
    .from(journalOwners)
    .where(and(eq(journalOwners.schoolId, schoolId), gte(journalOwners.number, first), lte(journalOwners.number, last)))
  return grouped(rows, ({ number }) => number)
}

export type LiveEntry = Awaited<ReturnType<typeof entriesAfter>>[number] & { owners: readonly Owner[] }
export async function entriesWithOwners(
  db: Database,
  schoolId: number,
  number: number,
  limit: number,
): Promise<LiveEntry[]> {
  const entries = await entriesAfter(db, 'all', { schoolId, number, limit })
  const [first, last] = [entries[0]?.number ?? 0, entries.at(-1)?.number ?? 0]
  let owners = await ownersBetween(db, schoolId, first, last)
  if (entries.some((entry) => !owners.has(entry.number))) {
    await fillJournal(db, schoolId)
    owners = await ownersBetween(db, schoolId, first, last)
  }
  return entries.map((entry) => ({ ...entry, owners: owners.get(entry.number) ?? [] }))
}
