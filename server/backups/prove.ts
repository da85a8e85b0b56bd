import { asc } from 'drizzle-orm'
import { differences } from '../../db/backups/census.ts'
import type { Side } from '../../db/backups/keeper.ts'
import type { Database } from '../../db/database.ts'
import { schools } from '../../db/schema/index.ts'
import type { SchoolHead } from '../journal/heads.ts'
import { verifyJournals } from '../journal/verify.ts'
import { BackupError } from './backup-error.ts'
import type { Manifest } from './manifest.ts'

export interface Steps {
  names: readonly string[]
  apply(url: string): Promise<void>
}

const told = 3
const some = (all: readonly string[]) =>
  all.length > told ? `${all.slice(0, told).join('; ')}; and ${all.length - told} more` : all.join('; ')

interface Made {
  census: Pick<Manifest['census'], 'steps'>
  homeroom: string
}

export function refuseNewer({ census, homeroom }: Made, { names }: Steps): void {
  const unknown = census.steps.find((step, index) => names[index] !== step)
  if (unknown !== undefined)
    throw new BackupError(
      'schema.newer',
      `The backup was made by Homeroom ${homeroom} after a migration that this version does not know (${unknown}): use that version, or a newer one`,
    )
}

/** Throws `database.broken`. */
export async function proveWhole(side: Side): Promise<void> {
  const faults = await side.faults()
  if (faults.length)
    throw new BackupError('database.broken', `The copy is broken: ${some(faults)}. Take another backup`)
}

/** Throws `contents.differ` or `database.broken`. */
export async function proveContents(side: Side, { census }: Pick<Manifest, 'census'>): Promise<void> {
  await proveWhole(side)
  const differing = differences(census, await side.census())
  if (differing.length)
    throw new BackupError(
      'contents.differ',
      `The copy is not what its manifest says: ${some(differing)}. Take another backup`,
    )
}

const keptHead = (head: string | undefined): Map<number, string> => {
  const [number, hash] = head?.split(':') ?? []
  return new Map(number && hash ? [[Number(number), hash]] : [])
}

export interface Journals {
  heads: SchoolHead[]
  problem: string | null
}

/** `expected` are heads that the copy must reach, or have passed. */
export async function readJournals(db: Database, expected: readonly SchoolHead[]): Promise<Journals> {
  const all = await db.select({ slug: schools.slug }).from(schools).orderBy(asc(schools.slug))
  const gone = expected.find(({ school }) => !all.some(({ slug }) => slug === school))
  if (gone) return { heads: [], problem: `school ${gone.school} is missing` }
  const heads: SchoolHead[] = []
  for (const { slug } of all) {
    const wanted = expected.find(({ school }) => school === slug)?.head
    const [report] = await verifyJournals(db, slug, keptHead(wanted))
    if (report?.broken) return { heads, problem: `${slug}, entry ${report.broken.number}: ${report.broken.what}` }
    if (report?.entries) heads.push({ school: slug, head: report.head })
  }
  return { heads, problem: null }
}

/** Migrates the database where it is older than this version. */
export async function proveJournals(
  side: Side,
  manifest: Pick<Made, 'census'>,
  steps: Steps,
  expected: readonly SchoolHead[],
): Promise<Journals> {
  if (manifest.census.steps.length < steps.names.length) await steps.apply(side.url)
  const db = await side.open()
  try {
    return await readJournals(db, expected)
  } finally {
    await db.close()
  }
}

const text = (heads: readonly SchoolHead[]) =>
  heads
    .map(({ school, head }) => `${school} ${head}`)
    .sort()
    .join()

/** All that `verified` stands for. Throws a `BackupError` that names what is wrong. */
export async function prove(side: Side, manifest: Manifest, steps: Steps): Promise<void> {
  await proveContents(side, manifest)
  const { heads, problem } = await proveJournals(side, manifest, steps, manifest.heads)
  if (problem !== manifest.problem)
    throw new BackupError(
      'journal.broken',
      `The journal in the copy is broken: ${problem ?? 'it was when the backup was made, and is not now'}. Take another backup`,
    )
  if (problem === null && text(heads) !== text(manifest.heads))
    throw new BackupError(
      'journal.broken',
      'The journal in the copy does not end where the manifest says. Take another backup',
    )
}
