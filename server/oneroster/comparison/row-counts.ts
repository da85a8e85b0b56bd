/** A complete bundle with far fewer rows of a school than the last one was probably cut short on its way. */
import { inArray, sql } from 'drizzle-orm'
import type { Reader, Transaction } from '../../../db/database.ts'
import { importCounts } from '../../../db/schema/index.ts'
import type { FileKind } from '../read/files.ts'
import { fileKinds } from '../read/files.ts'
import type { Row } from '../read/row.ts'
import type { Staged } from '../read/stage.ts'
import type { Orgs, PlannedSchool } from './schools.ts'

/** In percent of the last complete bundle's rows. */
export const usualLeast = 80
/** Without a manifest a bundle may be incomplete, so it may lack this many rows. */
export const few = 5

export interface Shrunk {
  school: string
  file: FileKind
  rows: number
  before: number
  /** The rows are the open enrollments and assignments of the register, with and without those that would end. */
  isOfRegister?: true
}
type ByFile = Map<FileKind, number>

export class RowCounts {
  readonly #counts = new Map<string, { kept: number; deleted: number }>()

  add({ key }: PlannedSchool, file: FileKind, { status }: Pick<Row, 'status'>): void {
    const counts = this.of({ key }, file)
    counts[status === 'tobedeleted' ? 'deleted' : 'kept']++
    this.#counts.set(`${file} ${key}`, counts)
  }

  of({ key }: Pick<PlannedSchool, 'key'>, file: FileKind): { kept: number; deleted: number } {
    return this.#counts.get(`${file} ${key}`) ?? { kept: 0, deleted: 0 }
  }
}

export type LastCounts = Map<string, ByFile>

export async function readLastCounts(db: Reader, schools: readonly PlannedSchool[]): Promise<LastCounts> {
  const keys = new Map(schools.flatMap(({ existing, key }) => (existing ? [[existing.id, key] as const] : [])))
  const last: LastCounts = new Map([...keys.values()].map((key) => [key, new Map()]))
  if (!keys.size) return last
  const rows = await db
    .select()
    .from(importCounts)
    .where(inArray(importCounts.schoolId, [...keys.keys()]))
  for (const { schoolId, file, rows: count } of rows) last.get(keys.get(schoolId) ?? '')?.set(file as FileKind, count)
  return last
}

const always = ['orgs', 'users', 'classes', 'enrollments'] as const

/** Without a word in the manifest, a whole bundle is complete, unless each of its rows tells when it was changed, as in a delta. */
export function completeFiles({ counts, announced, dated }: Staged): FileKind[] {
  const isWhole = always.every((file) => counts[file] !== undefined)
  return fileKinds.filter((file) => {
    if (counts[file] === undefined || announced[file]) return announced[file] === 'bulk'
    return counts[file] === 0 || (isWhole && !dated.has(file))
  })
}

/** A file that the manifest announces may not be there. */
export const isComplete = (staged: Staged, file: FileKind): boolean =>
  staged.counts[file] !== undefined && completeFiles(staged).includes(file)

export function hasChangesAlone(staged: Staged): boolean {
  const complete = completeFiles(staged)
  return fileKinds.some((file) => staged.counts[file] !== undefined && !complete.includes(file))
}

/** A bundle of headers alone names no school, and so may mean any. */
const schoolsMeant = ({ schools }: Orgs) => {
  const named = schools.filter(({ isNamed }) => isNamed)
  return (named.length ? named : schools).filter(({ isOutside }) => !isOutside)
}

export function shrunkFiles(
  staged: Staged,
  orgs: Orgs,
  counts: RowCounts,
  last: LastCounts,
  least = usualLeast,
): Shrunk[] {
  const complete = completeFiles(staged)
  return schoolsMeant(orgs).flatMap((school) =>
    complete.flatMap((file) => {
      // Rows that are to be deleted are no less gone than those that are missing.
      const [rows, before] = [counts.of(school, file).kept, last.get(school.key)?.get(file) ?? 0]
      const isFew = staged.announced[file] !== 'bulk' && staged.counts[file] !== 0 && before - rows < few
      return rows * 100 < before * least && !isFew ? [{ school: school.name, file, rows, before }] : []
    }),
  )
}

export interface Due {
  school: PlannedSchool
  file: FileKind
  rows: number
}

export function dueCounts(staged: Staged, orgs: Orgs, counts: RowCounts, last: LastCounts): Due[] {
  const complete = completeFiles(staged)
  return schoolsMeant(orgs).flatMap((school) =>
    complete
      .map((file) => ({ school, file, rows: counts.of(school, file).kept }))
      .filter(({ file, rows }) => rows !== (last.get(school.key)?.get(file) ?? 0)),
  )
}

export async function writeCounts(tx: Transaction, due: readonly Due[], schoolId: number, at: Date): Promise<void> {
  if (!due.length) return
  await tx
    .insert(importCounts)
    .values(due.map(({ file, rows }) => ({ schoolId, file, rows, at })))
    .onConflictDoUpdate({
      target: [importCounts.schoolId, importCounts.file],
      set: { rows: sql`excluded.rows`, at: sql`excluded.at` },
    })
}
