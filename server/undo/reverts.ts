import { setImmediate as breathe } from 'node:timers/promises'
import { and, desc, eq, inArray, lt } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { journal, journalValues } from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import type { RecordEntity } from '../kinds.ts'
import { kinds } from '../kinds.ts'
import type { RecordTable, RowOf } from '../records/kind.ts'
import { rowsWith } from '../records/kind.ts'
import { changedSince } from './refusals.ts'
import { standingAgain } from './standing.ts'

type Row = RowOf<RecordTable>
export interface Entry {
  number: number
  entity: JournalEntity
  id: string
  version: number
  /** What the operation changed, as it was before; undefined where it made the record, null where that is erased. */
  before: Record<string, unknown> | undefined | null
}
export interface Reverted extends Change {
  entity: RecordEntity
  before: Row
  after: Row
  isMade: boolean
}
const readAtOnce = 500

/** The last first: what one record gave to another goes back in reverse. Values apart: PostgreSQL may join all of them. */
export async function entriesOf(tx: Reader, { school }: Context, operationId: string): Promise<Entry[]> {
  const entries: Entry[] = []
  let before = Number.MAX_SAFE_INTEGER
  for (;;) {
    const page = await tx
      .select({ number: journal.number, entity: journal.entity, id: journal.entityId, version: journal.version })
      .from(journal)
      .where(and(eq(journal.schoolId, school.id), eq(journal.operationId, operationId), lt(journal.number, before)))
      .orderBy(desc(journal.number))
      .limit(readAtOnce)
    if (!page.length) return entries
    const numbers = page.map(({ number }) => number)
    const values = await tx
      .select({ number: journalValues.number, content: journalValues.content })
      .from(journalValues)
      .where(and(eq(journalValues.schoolId, school.id), inArray(journalValues.number, numbers)))
    const contents = new Map(values.map(({ number, content }) => [number, content]))
    for (const entry of page) entries.push({ ...entry, before: fieldsBefore(contents.get(entry.number)) })
    if (page.length < readAtOnce) return entries
    before = numbers.at(-1) ?? 0
    await breathe()
  }
}

/** An import makes thousands of records, and what they are need not be kept in memory to archive them. */
function fieldsBefore(content: string | undefined): Entry['before'] {
  if (content === undefined) return null
  const { before } = JSON.parse(content) as { before?: Record<string, unknown> }
  const { archivedAt } = before ?? {}
  return typeof archivedAt === 'string' ? { ...before, archivedAt: new Date(archivedAt) } : before
}

const isPutAway = ({ before, after }: Reverted) => after.archivedAt !== null && before.archivedAt === null

/** What becomes archived frees its unique values for others. */
const inWritingOrder = (reverts: Reverted[]): Reverted[] => [
  ...reverts.filter(isPutAway),
  ...reverts.filter((revert) => !isPutAway(revert)),
]

type Current = Map<string, Row>
export const keyOf = ({ entity, id }: { entity: JournalEntity; id: string }): string => `${entity} ${id}`

async function currentOf(tx: Reader, ctx: Context, entries: readonly Entry[]): Promise<Current> {
  const current: Current = new Map()
  for (const entity of new Set(entries.map((entry) => entry.entity as RecordEntity))) {
    const ids = new Set(entries.flatMap((entry) => (entry.entity === entity ? entry.id : [])))
    const rows = await rowsWith(tx, kinds[entity], ctx.school.id, 'id', ids)
    for (const row of rows) current.set(keyOf({ entity, id: row.id }), row)
  }
  return current
}

async function changedOf(tx: Reader, ctx: Context, entries: readonly Entry[], current: Current) {
  const left = new Map<string, Entry>()
  for (const entry of entries) if (!left.has(keyOf(entry))) left.set(keyOf(entry), entry)
  const moved = [...left.values()].filter((entry) => current.get(keyOf(entry))?.version !== entry.version)
  const changed: Entry[] = []
  for (const entity of new Set(moved.map((entry) => entry.entity))) {
    const records = moved.filter((entry) => entry.entity === entity)
    const again = await standingAgain(tx, ctx, entity, records)
    changed.push(...records.filter(({ id }) => !again.has(id)))
  }
  return changed.map(({ entity, id }) => ({ entity, id }))
}

interface Found {
  reverts: Reverted[]
  changed: { entity: JournalEntity; id: string }[]
}

/** Each record once, as it was before its first change. Those that were changed since, or erased, are told apart. */
export async function findReverts(tx: Reader, ctx: Context, entries: readonly Entry[]): Promise<Found> {
  const current = await currentOf(tx, ctx, entries)
  const changed = await changedOf(tx, ctx, entries, current)
  const erased = entries.filter(({ before }) => before === null)
  const apart = new Set([...changed, ...erased].map(keyOf))
  const rest = entries.filter((entry) => !apart.has(keyOf(entry)))
  return { reverts: await revertsIn(ctx, rest, current), changed }
}

/** Throws `undo.changed`. */
export async function revertsOf(tx: Reader, ctx: Context, entries: readonly Entry[]): Promise<Reverted[]> {
  if (entries.some(({ before }) => before === null)) throw new DomainError('undo.erased')
  const { reverts, changed } = await findReverts(tx, ctx, entries)
  if (changed.length) throw await changedSince(tx, ctx, changed)
  return reverts
}

async function revertsIn({ now }: Context, entries: readonly Entry[], current: Current): Promise<Reverted[]> {
  const reverts = new Map<string, Reverted>()
  for (const [index, entry] of entries.entries()) {
    if (index % readAtOnce === 0) await breathe()
    const key = keyOf(entry)
    const before = current.get(key) as Row
    const fields = entry.before
    const after = { ...(reverts.get(key)?.after ?? before), ...(fields ?? { archivedAt: now }) }
    reverts.set(key, {
      entity: entry.entity as RecordEntity,
      before,
      after: { ...after, version: before.version + 1 } as Row,
      isMade: !fields,
    })
  }
  return inWritingOrder([...reverts.values()])
}
