/** The release before stored entries without owners and deeds: they are filled in from the newest down, some at a time. */
import { setImmediate as breathe } from 'node:timers/promises'
import type { SQL } from 'drizzle-orm'
import { and, asc, count, desc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { Database, Reader, Transaction } from '../../db/database.ts'
import { refersTo } from '../../db/rows.ts'
import { journal, journalOwners, operations } from '../../db/schema/index.ts'
import { grouped } from '../grouped.ts'
import type { Did } from '../journal/entry.ts'
import type { OwnerRow } from '../journal/owners.ts'
import { formerDid } from './former-deeds.ts'
import type { StoredEntry } from './owning.ts'

const filledAtOnce = 500

interface Filled {
  /** Both are 0 where no entry is filled in. */
  oldest: number
  newest: number
  last: number
}
async function filledOf(db: Reader, schoolId: number): Promise<Filled> {
  const end = (of: typeof journal | typeof journalOwners, order: SQL) =>
    sql`(select number from ${of} where school_id = ${schoolId} order by number ${order} limit 1)`
  const [row] = await db.rows<Record<keyof Filled, number | string | null>>(
    sql`select ${end(journalOwners, sql`asc`)} as oldest, ${end(journalOwners, sql`desc`)} as newest, ${end(journal, sql`desc`)} as last`,
  )
  return { oldest: Number(row?.oldest), newest: Number(row?.newest), last: Number(row?.last) }
}
const isWhole = ({ oldest, newest, last }: Filled) => newest === last && oldest <= 1

async function unsaidOf(tx: Reader, schoolId: number, ids: string[]): Promise<Map<string, Did>> {
  const changed = await tx
    .select({
      id: operations.id,
      procedure: operations.procedure,
      way: operations.way,
      entity: journal.entity,
      entries: count(),
    })
    .from(operations)
    .innerJoin(journal, refersTo(journal.operationId, operations))
    .where(and(eq(operations.schoolId, schoolId), inArray(operations.id, ids), isNull(operations.deed)))
    .groupBy(operations.id, operations.procedure, operations.way, journal.entity)
    .orderBy(desc(count()), asc(journal.entity))
  const byOperation = grouped(changed, ({ id }) => id)
  return new Map(
    [...byOperation].map(([id, kinds]) => {
      const [{ procedure, way }] = kinds as [(typeof kinds)[number]]
      const entities = kinds.map(({ entity }) => entity)
      return [id, formerDid({ procedure, way }, entities)]
    }),
  )
}

/** The sum keeps both databases from walking the whole journal for the least number, instead of by the operation. */
const numberOfFirst = (schoolId: number) =>
  sql<number>`(select min(entry.number + 0) from ${journal} as entry where entry.school_id = ${schoolId} and entry.operation_id = ${operations}.id)`

async function sayDeeds(tx: Transaction, schoolId: number, ids: string[]): Promise<void> {
  const alike = grouped(await unsaidOf(tx, schoolId, ids), ([, did]) => JSON.stringify(did))
  for (const those of alike.values()) {
    const [[, did]] = those as [(typeof those)[number]]
    const isOne = inArray(
      operations.id,
      those.map(([id]) => id),
    )
    await tx
      .update(operations)
      .set({ ...did, number: numberOfFirst(schoolId) })
      .where(and(eq(operations.schoolId, schoolId), isOne))
  }
}

const nextEntries = (tx: Reader, schoolId: number, which: SQL | undefined, order: SQL, limit: number) =>
  tx
    .select({
      number: journal.number,
      operationId: journal.operationId,
      entity: journal.entity,
      entityId: journal.entityId,
    })
    .from(journal)
    .where(and(eq(journal.schoolId, schoolId), which))
    .orderBy(order)
    .limit(limit)

export function fillingBy(
  ownersOfStored: (tx: Reader, schoolId: number, entries: readonly StoredEntry[]) => Promise<OwnerRow[]>,
) {
  async function fillSome(tx: Transaction, schoolId: number, which: SQL | undefined, order: SQL, size = filledAtOnce) {
    const entries = await nextEntries(tx, schoolId, which, order, size)
    if (!entries.length) return entries
    await tx.insertAll([journalOwners, await ownersOfStored(tx, schoolId, entries)])
    await sayDeeds(tx, schoolId, [...new Set(entries.map(({ operationId }) => operationId))])
    return entries
  }

  async function fillAbove(tx: Transaction, schoolId: number, number: number): Promise<void> {
    for (let newest = number; ; await breathe()) {
      const filled = await fillSome(tx, schoolId, gt(journal.number, newest), asc(journal.number))
      if (filled.length < filledAtOnce) return
      newest = filled.at(-1)?.number ?? newest
    }
  }

  async function fillNext(tx: Transaction, schoolId: number, size = filledAtOnce) {
    const { oldest, newest, last } = await filledOf(tx, schoolId)
    if (newest && newest < last) await fillAbove(tx, schoolId, newest)
    const below = oldest ? lt(journal.number, oldest) : undefined
    const filled = (await fillSome(tx, schoolId, below, desc(journal.number), size)).length
    return { filled, isAll: filled < size }
  }

  /** Fills in what is missing and answers how many entries that were. Whoever reads by owners or deeds calls it first. */
  async function fillJournal(db: Database, schoolId: number, isStopped = () => false): Promise<number> {
    let all = 0
    if (isWhole(await filledOf(db, schoolId))) return all
    while (!isStopped()) {
      const { filled, isAll } = await db.transaction(schoolId, (tx) => fillNext(tx, schoolId))
      all += filled
      if (isAll) break
      await breathe()
    }
    return all
  }

  /** The same as one of the backfills, which needs no reader to come. */
  const ofOwners = {
    async left(db: Reader, schoolId: number): Promise<number> {
      const { oldest, newest, last } = await filledOf(db, schoolId)
      return newest ? last - newest + Math.max(0, oldest - 1) : last
    },
    async fill(tx: Transaction, schoolId: number, _after: string, size: number) {
      const { filled, isAll } = await fillNext(tx, schoolId, size)
      return { filled, after: isAll ? null : 'below' }
    },
  }
  return { fillAbove, fillJournal, ofOwners }
}
