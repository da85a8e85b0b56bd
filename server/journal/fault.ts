import { and, eq, ne } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { journal } from '../../db/schema/index.ts'
import { canonical } from '../canonical.ts'
import { hashOfEntry, hashOfValues } from './entry.ts'
import type { StoredEntry, WrittenEntry } from './written.ts'
import { writtenAt } from './written.ts'

export type Checked = Pick<StoredEntry, 'number' | 'hash'>

const follows = ({ entry, operation, chainedAs }: WrittenEntry, previous: string, number = entry.number): boolean =>
  operation !== undefined && hashOfEntry(previous, operation, { ...entry, schoolId: chainedAs, number }) === entry.hash

function fieldsOf(content: string): string[] | undefined {
  try {
    return Object.keys((JSON.parse(content) as { after: object }).after).toSorted()
  } catch {
    return undefined
  }
}

/** Whether another entry of the same operation agrees with it; undefined where there is none. */
async function agreesElsewhere(tx: Reader, { schoolId, operationId, number }: StoredEntry) {
  const others = await tx
    .select({ number: journal.number })
    .from(journal)
    .where(and(eq(journal.schoolId, schoolId), eq(journal.operationId, operationId), ne(journal.number, number)))
    .limit(3)
  for (const other of others) {
    const row = await writtenAt(tx, schoolId, other.number)
    const before = await writtenAt(tx, schoolId, other.number - 1)
    if (row && follows(row, before?.entry.hash ?? '')) return true
  }
  return others.length ? false : undefined
}

async function whyHashDiffers(tx: Reader, row: WrittenEntry, before: Checked): Promise<string> {
  const { entry, operation, chainedAs } = row
  if (!operation) return 'its operation is missing'
  const next = await writtenAt(tx, entry.schoolId, entry.number + 1)
  if (next && follows(row, next.entry.hash, entry.number + 1))
    return `it and entry ${entry.number + 1} have changed places`
  if (next && follows(next, hashOfEntry(before.hash, operation, { ...entry, schoolId: chainedAs })))
    return 'its hash was changed; what it tells is what was written'
  const agrees = await agreesElsewhere(tx, entry)
  if (agrees) return 'its hash differs: it is not what was written, though its operation is'
  if (agrees === false) return 'its hash differs: its operation is not what was written (who, when, by which way, what)'
  return 'its hash differs: it is not what was written, or its operation (who, when, by which way, what) is not'
}

async function whyValuesDiffer(tx: Reader, { entry }: WrittenEntry, hash: string): Promise<string> {
  const [other] = await tx
    .select({ number: journal.number })
    .from(journal)
    .where(and(eq(journal.schoolId, entry.schoolId), eq(journal.valuesHash, hash)))
    .limit(1)
  return other ? `its values are those of entry ${other.number}` : 'its values are not what was written'
}

export async function faultOf(tx: Reader, row: WrittenEntry, before: Checked): Promise<string | undefined> {
  const { entry, values } = row
  if (entry.number <= before.number) return 'it stands before the first entry'
  if (!follows(row, before.hash)) return whyHashDiffers(tx, row, before)
  if (!values) return undefined
  const hash = hashOfValues(values.salt, values.content)
  if (hash !== entry.valuesHash) return whyValuesDiffer(tx, row, hash)
  return canonical(fieldsOf(values.content)) === canonical(entry.fields)
    ? undefined
    : 'its values tell of other fields than the entry'
}
