/** What was changed and changed back counts as unchanged, so that people can undo and redo step by step. */
import { setImmediate as breathe } from 'node:timers/promises'
import type { SQL } from 'drizzle-orm'
import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { journal, journalValues } from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'
import type { Context } from '../context.ts'
import { inBatches } from '../journal/bulk.ts'
import { isSame } from '../journal/entry.ts'

type Values = Record<string, unknown>

async function entriesOf(tx: Reader, { school }: Context, entity: JournalEntity, ids: string[], since: SQL) {
  const entries = await tx
    .select({ number: journal.number, id: journal.entityId, version: journal.version })
    .from(journal)
    .where(and(eq(journal.schoolId, school.id), eq(journal.entity, entity), inArray(journal.entityId, ids), since))
    .orderBy(asc(journal.number))
  const contents = new Map<number, string>()
  for (const batch of inBatches(entries)) {
    const numbers = batch.map(({ number }) => number)
    const values = await tx
      .select({ number: journalValues.number, content: journalValues.content })
      .from(journalValues)
      .where(and(eq(journalValues.schoolId, school.id), inArray(journalValues.number, numbers)))
    for (const { number, content } of values) contents.set(number, content)
  }
  await breathe()
  return entries.map((entry) => ({ ...entry, content: contents.get(entry.number) }))
}

function comesBack(contents: readonly (string | undefined)[]): boolean {
  const first: Values = {}
  const last: Values = {}
  for (const content of contents) {
    if (content === undefined) return false
    const { before, after } = JSON.parse(content) as { before?: Values; after: Values }
    if (!before) return false
    for (const field of Object.keys(after)) {
      if (!(field in first)) first[field] = before[field]
      last[field] = after[field]
    }
  }
  return contents.length > 0 && Object.keys(last).every((field) => isSame(first[field], last[field]))
}

/** Of records at a later version, those whose fields are as they were at theirs. */
export async function standingAgain(
  tx: Reader,
  ctx: Context,
  entity: JournalEntity,
  records: readonly { id: string; version: number }[],
): Promise<Set<string>> {
  const again = new Set<string>()
  for (const batch of inBatches(records)) {
    const since = new Map(batch.map(({ id, version }) => [id, { version, contents: [] as (string | undefined)[] }]))
    const ids = [...since.keys()]
    const oldest = Math.min(...batch.map(({ version }) => version))
    for (const { id, version, content } of await entriesOf(tx, ctx, entity, ids, gt(journal.version, oldest))) {
      const left = since.get(id)
      if (left && version > left.version) left.contents.push(content)
    }
    for (const [id, { contents }] of since) if (comesBack(contents)) again.add(id)
  }
  return again
}

/** Of these records, those that an entry after `number` changed. */
export async function newerThan(
  tx: Reader,
  ctx: Context,
  number: number,
  entity: JournalEntity,
  ids: Iterable<string>,
): Promise<Set<string>> {
  const newer = new Set<string>()
  for (const batch of inBatches(ids)) {
    const since = new Map<string, (string | undefined)[]>()
    for (const { id, content } of await entriesOf(tx, ctx, entity, batch, gt(journal.number, number)))
      since.set(id, [...(since.get(id) ?? []), content])
    for (const [id, contents] of since) if (!comesBack(contents)) newer.add(id)
  }
  return newer
}
