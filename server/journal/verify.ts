import { asc } from 'drizzle-orm'
import type { Database, Reader } from '../../db/database.ts'
import { schools } from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'
import { clocksDiffer } from './append.ts'
import { erasedInVain, missingUnerased } from './erasures.ts'
import type { Checked } from './fault.ts'
import { faultOf } from './fault.ts'
import { sealsOf } from './seals.ts'
import type { WrittenEntry } from './written.ts'
import { readAtOnce, writtenAfter } from './written.ts'

export interface Broken {
  number: number
  entity: JournalEntity | null
  entityId: string | null
  what: string
}
export interface SchoolReport {
  slug: string
  entries: number
  /** `number:hash` of the last of them: kept elsewhere, it shows later whether the end was cut off. */
  head: string
  broken: Broken | null
  /** What came from other registers: up to this head the entries are chained under the id that the school had there. */
  sealed?: { head: string; formerId: number; at: string }[]
  /** The first entry stamped long before the one it follows, as after the clock was set back. */
  setBack?: { number: number; at: string; after: string }
}
export type KeptHeads = ReadonlyMap<number, string>

const brokenAt = ({ entry: { number, entity, entityId } }: Pick<WrittenEntry, 'entry'>, what: string): Broken => ({
  number,
  entity,
  entityId,
  what,
})

async function brokenChain(
  tx: Reader,
  row: WrittenEntry,
  before: Checked,
  kept: KeptHeads,
): Promise<Broken | undefined> {
  const { number, hash } = row.entry
  if (number > before.number + 1) {
    const [first, last] = [before.number + 1, number - 1]
    const what = first === last ? `entry ${first} is missing` : `entries ${first} to ${last} are missing`
    return { number: first, entity: null, entityId: null, what }
  }
  const fault = await faultOf(tx, row, before)
  if (fault) return brokenAt(row, fault)
  if ((kept.get(number) ?? hash) === hash) return undefined
  return brokenAt(row, 'its hash is not the one that was kept elsewhere: the journal was written anew up to here')
}

async function brokenIn(tx: Reader, rows: readonly WrittenEntry[], from: Checked, kept: KeptHeads) {
  const missing = await missingUnerased(tx, rows)
  let before = from
  for (const row of rows) {
    const isMissing = missing.has(row.entry.number)
    const broken =
      (await brokenChain(tx, row, before, kept)) ??
      (isMissing ? brokenAt(row, 'its values are missing, and no erasure tells of them') : undefined)
    if (broken) return { before, broken }
    before = row.entry
  }
  const left = await erasedInVain(tx, rows)
  return {
    before,
    broken: left
      ? brokenAt(left, `its values are there, although entry ${left.erasedBy} tells of their erasure`)
      : null,
  }
}

function setBackIn(rows: readonly WrittenEntry[], before: WrittenEntry | undefined): SchoolReport['setBack'] {
  let last = before?.operation?.at
  for (const { entry, operation } of rows) {
    const at = operation?.at
    if (last && at && last.getTime() - at.getTime() > clocksDiffer)
      return { number: entry.number, at: at.toISOString(), after: last.toISOString() }
    last = at
  }
  return undefined
}

const cutOff = (last: number, kept: number): Broken => ({
  number: last + 1,
  entity: null,
  entityId: null,
  what: `the journal ends at entry ${last}, but the hash of entry ${kept} was kept elsewhere: its end is missing`,
})

/** A seal is a head that was kept elsewhere. */
async function sealedIn(tx: Reader, schoolId: number) {
  const seals = await sealsOf(tx, schoolId)
  const sealed = seals.map(({ number, hash, formerId, at }) => ({
    head: `${number}:${hash}`,
    formerId,
    at: at.toISOString(),
  }))
  return { sealed, heads: seals.map(({ number, hash }) => [number, hash] as const) }
}

export async function verifySchool(
  tx: Reader,
  { id, slug }: { id: number; slug: string },
  keptElsewhere: KeptHeads = new Map(),
): Promise<SchoolReport> {
  const { sealed, heads } = await sealedIn(tx, id)
  const kept: KeptHeads = new Map([...heads, ...keptElsewhere])
  let setBack: SchoolReport['setBack']
  const report = ({ number, hash }: Checked, broken: Broken | null): SchoolReport => ({
    slug,
    entries: number,
    head: `${number}:${hash}`,
    broken,
    ...(sealed.length && { sealed }),
    ...(setBack && { setBack }),
  })
  let last: WrittenEntry | undefined
  let checked: Checked = { number: 0, hash: '' }
  for (;;) {
    const rows = await writtenAfter(tx, id, checked.number)
    const { before, broken } = await brokenIn(tx, rows, checked, kept)
    checked = before
    setBack ??= setBackIn(rows, last)
    last = rows.at(-1)
    if (broken) return report(checked, broken)
    if (rows.length < readAtOnce) break
  }
  const beyond = [...kept.keys()].find((number) => number > checked.number)
  return report(checked, beyond === undefined ? null : cutOff(checked.number, beyond))
}

export async function verifyJournals(
  db: Database,
  slug?: string,
  kept: KeptHeads = new Map(),
): Promise<SchoolReport[]> {
  const known = await db.select({ id: schools.id, slug: schools.slug }).from(schools).orderBy(asc(schools.slug))
  const reports: SchoolReport[] = []
  for (const school of known)
    if (slug === undefined || school.slug === slug)
      reports.push(await db.snapshot((tx) => verifySchool(tx, school, kept)))
  return reports
}
