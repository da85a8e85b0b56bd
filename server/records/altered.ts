/** Rows that were changed outside Homeroom: they are not what the last values in the journal tell. */
import { setImmediate as breathe } from 'node:timers/promises'
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { journal, journalValues, schools } from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'
import { grouped } from '../grouped.ts'
import { isSame, isTold, noValuesHash } from '../journal/entry.ts'
import type { AnyKind } from './declaration.ts'
import { asOne } from './kind.ts'
import { blankOf } from './write.ts'

export interface Altered {
  entity: JournalEntity
  id: string
  number: number | null
  what: string
}
export interface AlteredReport {
  count: number
  first: Altered[]
}
const listed = 20
const readAtOnce = 200

type Row = { id: string | number; version: number } & Record<string, unknown>
type Entry = { number: number; entityId: string; version: number; fields: string[]; content: string | null }

function entriesOf(tx: Reader, schoolId: number, entity: JournalEntity, ids: string[]): Promise<Entry[]> {
  return tx
    .select({
      number: journal.number,
      entityId: journal.entityId,
      version: journal.version,
      fields: journal.fields,
      content: journalValues.content,
    })
    .from(journal)
    .leftJoin(
      journalValues,
      and(eq(journalValues.schoolId, journal.schoolId), eq(journalValues.number, journal.number)),
    )
    .where(and(eq(journal.schoolId, schoolId), eq(journal.entity, entity), inArray(journal.entityId, ids)))
    .orderBy(asc(journal.number))
}

interface Last {
  value: unknown
  number: number
}
/** The last value of each field by the entry that tells it. An erased value is unknown, so its field is left out. */
function lastValues(entries: readonly Entry[], blank: Record<string, unknown>): Map<string, Last> {
  const first = entries[0]?.content ? (JSON.parse(entries[0].content) as { before?: object }) : undefined
  const isFromBirth = first !== undefined && !first.before
  const born = entries[0]?.number ?? 0
  const last = new Map(
    isFromBirth ? Object.entries(blank).map(([field, value]) => [field, { value, number: born }]) : [],
  )
  for (const { number, fields, content } of entries) {
    const { after } = (content ? JSON.parse(content) : { after: undefined }) as { after?: Record<string, unknown> }
    for (const field of fields) {
      if (after) last.set(field, { value: after[field], number })
      else last.delete(field)
    }
  }
  return last
}

function faultOfRow(row: Row, entries: readonly Entry[], blank: Record<string, unknown>): string | undefined {
  const newest = entries.at(-1)
  if (!newest) return 'no entry tells of it'
  for (const [field, { value, number }] of lastValues(entries, blank))
    if (field in row && isTold(field) && !isSame(row[field], value))
      return `its ${field} is not what entry ${number} tells`
  return row.version === newest.version ? undefined : `its version is not that of entry ${newest.number}`
}

class Findings {
  count = 0
  readonly first: Altered[] = []

  add(altered: Altered): void {
    this.count += 1
    if (this.first.length < listed) this.first.push(altered)
  }
}

interface Told {
  entity: JournalEntity
  blank: Record<string, unknown>
}
async function compare(tx: Reader, schoolId: number, { entity, blank }: Told, rows: Row[], found: Findings) {
  const ids = rows.map(({ id }) => String(id))
  const byId = grouped(await entriesOf(tx, schoolId, entity, ids), ({ entityId }) => entityId)
  for (const row of rows) {
    const entries = byId.get(String(row.id)) ?? []
    const what = faultOfRow(row, entries, blank)
    if (what) found.add({ entity, id: String(row.id), number: entries.at(-1)?.number ?? null, what })
  }
}

async function compareKind(tx: Reader, schoolId: number, kind: AnyKind, found: Findings) {
  const { entity, table } = kind
  const { schoolId: school, id } = asOne(table)
  const blank = blankOf(table)
  for (let after = ''; ; await breathe()) {
    const rows = await tx
      .select()
      .from(asOne(table))
      .where(and(eq(school, schoolId), after ? gt(id, after) : undefined))
      .orderBy(asc(id))
      .limit(readAtOnce)
    const beside = await kind.beside?.(tx, rows)
    const whole = rows.map((row) => ({ ...row, ...beside?.get(row.id) }))
    await compare(tx, schoolId, { entity, blank }, whole, found)
    if (rows.length < readAtOnce) return
    after = rows.at(-1)?.id ?? after
  }
}

/** An erasure deletes what belonged to a person and tells so last. */
async function addGone(tx: Reader, schoolId: number, { entity, table }: AnyKind, found: Findings): Promise<void> {
  const { schoolId: school, id } = asOne(table)
  const gone = await tx
    .select({ id: journal.entityId, number: sql<number>`max(${journal.number})`.mapWith(Number) })
    .from(journal)
    .where(
      and(
        eq(journal.schoolId, schoolId),
        eq(journal.entity, entity),
        sql`${journal.entityId} not in (select cast(${id} as text) from ${table} where ${school} = ${schoolId})`,
      ),
    )
    .groupBy(journal.entityId)
    .having(
      sql`max(${journal.number}) <> coalesce(max(case when ${journal.valuesHash} = ${noValuesHash} then ${journal.number} end), 0)`,
    )
  for (const row of gone)
    found.add({ entity, ...row, what: `it is not there any more, and entry ${row.number} tells of it` })
}

/** `tx` is a snapshot, so that the tables and the journal are of one moment. */
export async function alteredRecords(tx: Reader, schoolId: number, kinds: readonly AnyKind[]): Promise<AlteredReport> {
  const found = new Findings()
  const rows = await tx.select().from(schools).where(eq(schools.id, schoolId))
  await compare(tx, schoolId, { entity: 'school', blank: {} }, rows, found)
  for (const kind of kinds) {
    await compareKind(tx, schoolId, kind, found)
    await addGone(tx, schoolId, kind, found)
  }
  return { count: found.count, first: found.first }
}
