import { and, asc, eq, ne, sql } from 'drizzle-orm'
import type { Database, Reader } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { importSources, schools } from '../../db/schema/index.ts'
import type { ImportFailure } from '../../db/values.ts'
import { unnamedSource } from '../oneroster/comparison/registered.ts'
import type { ImportResult } from '../oneroster/import.ts'
import type { Finding, Findings } from '../oneroster/report.ts'
import { findingText } from '../oneroster/report.ts'

export interface Failure {
  reason: ImportFailure
  sentence: string
}
export interface Told {
  source: string
  name: string
  at: Date
  failure?: Failure
  found?: Found
  folder?: string
}
export interface Found {
  rejected: Findings
  warnings: Findings
}

const plural = (count: number, one: string) => `${count} ${count === 1 ? one : `${one}s`}`

export function failureOf({ isApplied, rejected, shrunk }: ImportResult): Failure | undefined {
  if (isApplied) return undefined
  const [first] = rejected.shown as [Finding?]
  if (first) return { reason: 'rejected', sentence: `${plural(rejected.total, 'row')} rejected. ${findingText(first)}` }
  const [small] = shrunk
  return {
    reason: 'shrunk',
    sentence: small
      ? `${small.file}.csv has ${plural(small.rows, 'row')} of ${small.school}; the last complete bundle had ${small.before}`
      : 'The bundle has far fewer rows than the last one',
  }
}

const cut = (text: string, most: number) => [...text].slice(0, most).join('')

export async function tellOutcome(db: Database, { source, name, at, failure, found, folder }: Told): Promise<void> {
  const said = {
    name: cut(name, 255),
    at,
    outcome: failure ? ('failed' as const) : ('done' as const),
    reason: failure?.reason ?? null,
    sentence: failure ? cut(failure.sentence, 2000) : null,
    found: found ? { ...found } : null,
    ...(folder !== undefined && { folder }),
    ...(!failure && { lastSuccessAt: at }),
  }
  const [done, failed] = failure ? [0, 1] : [1, 0]
  await db.transaction(noSchool, async (tx) => {
    await tx
      .insert(importSources)
      .values({ source, ...said, done, failed })
      .onConflictDoUpdate({
        target: importSources.source,
        set: { ...said, done: sql`${importSources.done} + ${done}`, failed: sql`${importSources.failed} + ${failed}` },
      })
  })
}

/** Somebody has brought in by hand what a bundle of the night should have: its failure is over. */
export async function endFailure(db: Database, { source, name, at }: Told): Promise<void> {
  const ended = { outcome: 'done' as const, reason: null, sentence: null, found: null, lastSuccessAt: at }
  const isFailed = and(eq(importSources.source, source), eq(importSources.outcome, 'failed'))
  await db.transaction(noSchool, async (tx) => {
    await tx
      .update(importSources)
      .set({ ...ended, name: cut(name, 255), at, done: sql`${importSources.done} + 1` })
      .where(isFailed)
  })
}

export async function outcomeOf(db: Reader, source: string) {
  const [row] = await db.select().from(importSources).where(eq(importSources.source, source))
  return row
}

export const allOutcomes = (db: Reader) => db.select().from(importSources).orderBy(asc(importSources.source))

/** A bundle that could not be read names no source: it belongs to the one whose bundles come to this folder. */
export async function filedUnder(db: Reader, folder: string, code: string | null): Promise<string> {
  const told = await allOutcomes(db)
  if (code !== null && told.some(({ source }) => source === code)) return code
  const [school] =
    code === null ? [] : await db.select({ id: schools.id }).from(schools).where(eq(schools.source, code)).limit(1)
  const before = told.filter((one) => one.folder === folder).toSorted((a, b) => b.at.getTime() - a.at.getTime())
  return (school && code) ?? before[0]?.source ?? code ?? unnamedSource
}

/** Failures from before anything was brought in may stand under another name than the source has. */
export async function forgetUnnamed(db: Database, folder: string, source: string): Promise<void> {
  const unnamed = and(eq(importSources.folder, folder), eq(importSources.done, 0), ne(importSources.source, source))
  await db.transaction(noSchool, async (tx) => void (await tx.delete(importSources).where(unnamed)))
}
