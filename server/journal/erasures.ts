import { and, eq, inArray } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { journal, journalValues } from '../../db/schema/index.ts'
import { grouped } from '../grouped.ts'
import { noValuesHash } from './entry.ts'
import type { StoredEntry, WrittenEntry } from './written.ts'

const isErasure = ({ entry }: WrittenEntry) => entry.valuesHash === noValuesHash
const recordOf = ({ entity, entityId }: StoredEntry) => `${entity} ${entityId}`

/** By kind, so that the index of records is used. All entries are of one school. */
const sameRecords = (entries: readonly StoredEntry[]) =>
  [...grouped(entries, ({ entity }) => entity)].map(([entity, those]) =>
    and(
      eq(journal.schoolId, those[0]?.schoolId ?? 0),
      eq(journal.entity, entity),
      inArray(journal.entityId, [...new Set(those.map(({ entityId }) => entityId))]),
    ),
  )

/** The numbers of entries that lack values although no later erasure names their record. */
export async function missingUnerased(tx: Reader, rows: readonly WrittenEntry[]): Promise<Set<number>> {
  const lacking = rows.filter((row) => !row.values && !isErasure(row)).map(({ entry }) => entry)
  const lastErasure = new Map<string, number>()
  for (const about of sameRecords(lacking)) {
    const erasures = await tx
      .select()
      .from(journal)
      .where(and(about, eq(journal.valuesHash, noValuesHash)))
    for (const entry of erasures)
      lastErasure.set(recordOf(entry), Math.max(entry.number, lastErasure.get(recordOf(entry)) ?? 0))
  }
  const unerased = lacking.filter((entry) => (lastErasure.get(recordOf(entry)) ?? 0) < entry.number)
  return new Set(unerased.map(({ number }) => number))
}

/** The first entry that still has values although one of these rows is the erasure of its record. */
export async function erasedInVain(tx: Reader, rows: readonly WrittenEntry[]) {
  const erasures = rows.filter(isErasure).map(({ entry }) => entry)
  const erasedBy = new Map(erasures.map((entry) => [recordOf(entry), entry.number]))
  let first: { entry: StoredEntry; erasedBy: number } | undefined
  for (const about of sameRecords(erasures)) {
    const left = await tx
      .select({ entry: journal })
      .from(journal)
      .innerJoin(
        journalValues,
        and(eq(journalValues.schoolId, journal.schoolId), eq(journalValues.number, journal.number)),
      )
      .where(about)
    for (const { entry } of left) {
      const by = erasedBy.get(recordOf(entry)) ?? 0
      if (entry.number < by && entry.number < (first?.entry.number ?? by)) first = { entry, erasedBy: by }
    }
  }
  return first
}
