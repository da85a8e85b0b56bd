/** Whether a school's journal is still what was written: every entry, its operation and, while they are kept, its values. */
import { and, asc, eq, gt } from 'drizzle-orm'
import type { Database, Reader } from '../../db/database.ts'
import { journal, journalValues, operations, schools } from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'
import { canonical } from './canonical.ts'
import { hashOfEntry, hashOfValues } from './entry.ts'

export interface Broken {
  /** The first entry that is not what was written, or is missing. */
  number: number
  entity: JournalEntity | null
  entityId: string | null
  /** What is wrong with it, for people. */
  what: string
}
export interface SchoolReport {
  slug: string
  /** How many entries were found in order. */
  entries: number
  /** `number:hash` of the last of them: kept elsewhere, it shows later whether the end was cut off. */
  head: string
  broken: Broken | null
}

const batch = 1000

const entriesAfter = (tx: Reader, schoolId: number, number: number) =>
  tx
    .select({ entry: journal, operation: operations, values: journalValues })
    .from(journal)
    .leftJoin(operations, and(eq(operations.schoolId, journal.schoolId), eq(operations.id, journal.operationId)))
    .leftJoin(
      journalValues,
      and(eq(journalValues.schoolId, journal.schoolId), eq(journalValues.number, journal.number)),
    )
    // At first from the start, whatever number stands there.
    .where(and(eq(journal.schoolId, schoolId), number ? gt(journal.number, number) : undefined))
    .orderBy(asc(journal.number))
    .limit(batch)
type Row = Awaited<ReturnType<typeof entriesAfter>>[number]

/** The names of the fields that the values tell about. */
function fieldsOf(content: string): string[] | undefined {
  try {
    return Object.keys((JSON.parse(content) as { after: object }).after).toSorted()
  } catch {
    return undefined
  }
}

/** What is wrong with an entry that should follow `number` and `hash`; undefined when nothing is. */
function faultOf({ entry, operation, values }: Row, number: number, hash: string): string | undefined {
  if (entry.number <= number) return 'it stands before the first entry'
  if (entry.number !== number + 1)
    return entry.number === number + 2
      ? `entry ${number + 1} is missing`
      : `entries ${number + 1} to ${entry.number - 1} are missing`
  if (!operation) return 'its operation is missing'
  if (hashOfEntry(hash, operation, entry) !== entry.hash)
    return 'it, its operation or the entry before it is not what was written: its hash differs'
  if (!values) return undefined
  if (hashOfValues(values.salt, values.content) !== entry.valuesHash) return 'its values are not what was written'
  return canonical(fieldsOf(values.content)) === canonical(entry.fields)
    ? undefined
    : 'its values tell of other fields than the entry'
}

async function verifySchool(tx: Reader, { id, slug }: { id: number; slug: string }): Promise<SchoolReport> {
  let number = 0
  let hash = ''
  for (;;) {
    const rows = await entriesAfter(tx, id, number)
    for (const row of rows) {
      const what = faultOf(row, number, hash)
      if (what) {
        const { entity, entityId } = row.entry
        const missing = row.entry.number > number + 1
        const broken = missing
          ? { number: number + 1, entity: null, entityId: null, what }
          : { number: row.entry.number, entity, entityId, what }
        return { slug, entries: number, head: `${number}:${hash}`, broken }
      }
      number = row.entry.number
      hash = row.entry.hash
    }
    if (rows.length < batch) return { slug, entries: number, head: `${number}:${hash}`, broken: null }
  }
}

/** The report of every school, or of the one at `slug`, each of one moment. */
export async function verifyJournals(db: Database, slug?: string): Promise<SchoolReport[]> {
  const known = await db.select({ id: schools.id, slug: schools.slug }).from(schools).orderBy(asc(schools.slug))
  const reports: SchoolReport[] = []
  for (const school of known)
    if (slug === undefined || school.slug === slug) reports.push(await db.snapshot((tx) => verifySchool(tx, school)))
  return reports
}
