import { basename } from 'node:path'
import { and, eq, inArray } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { register } from '../../db/database.ts'
import { UnavailableError } from '../../db/errors.ts'
import { schools } from '../../db/schema/index.ts'
import { canonical, sha256 } from '../canonical.ts'
import type { Plan } from './compare.ts'
import { compare, readMoment } from './compare.ts'
import type { Totals } from './comparison/comparison.ts'
import type { BundleSource } from './comparison/registered.ts'
import { bundleSource } from './comparison/registered.ts'
import type { Shrunk } from './comparison/row-counts.ts'
import type { Orgs, PlannedSchool, Reach } from './comparison/schools.ts'
import type { MissingCount, MissingRecord } from './members/missing.ts'
import type { Limits } from './read/chosen-files.ts'
import type { DateOrder } from './read/dates.ts'
import type { FileKind } from './read/files.ts'
import { fileKinds } from './read/files.ts'
import { openSource } from './read/source.ts'
import type { Progress, Staged } from './read/stage.ts'
import { stage } from './read/stage.ts'
import type { Findings } from './report.ts'
import { BundleError, Report } from './report.ts'
import type { Asked, Moment } from './write/apply.ts'
import { apply, applyIn, asPartial, MovedError } from './write/apply.ts'
import type { Outcome } from './write/done.ts'
import { Done } from './write/done.ts'

export interface ImportOptions extends Reach, Pick<Partial<Moment>, 'actorId' | 'beside'> {
  dryRun?: boolean
  skipInvalid?: boolean
  /** Far fewer rows than last time stop a complete bundle, unless this is set. */
  acceptShrink?: boolean
  /** In percent of the rows before; 80 where it is not given. */
  least?: number
  /** Open enrollments end that complete files of their source no longer have. */
  endMissing?: boolean
  /** Gets what the register has and the bundle lacks, one by one: they may be too many for memory. */
  listMissing?: (records: Iterable<MissingRecord>) => Promise<void>
  /** The system whose ids the bundle carries, whatever its manifest says. */
  source?: string | undefined
  /** Which comes first in dates such as 6/5/2010, in columns whose rows don't tell. */
  dates?: DateOrder | undefined
  /** The zone is IANA's, the locale BCP 47; schools that the import makes get them. */
  timeZone: string
  locale: string
  now?: Date
  progress?: Progress
  limits?: Limits
  onStaged?(staged: Staged): Promise<void>
  onCompared?(plan: Plan, report: Report): Promise<void>
}

export interface Outside {
  sourcedId: string
  name: string
  isKnown: boolean
  rows: Partial<Record<FileKind, number>>
}

export interface ImportResult {
  isApplied: boolean
  version: string | null
  source: string
  schools: { name: string; slug: string | null }[]
  outside: Outside[]
  rows: Record<string, number>
  totals: Totals
  missing: MissingCount[]
  ended: number
  shrunk: Shrunk[]
  rejected: Findings
  warnings: Findings
  notes: string[]
}

/** Without a lock, the comparison is made so often before it is made under the locks. */
const tries = 3

interface Job {
  db: Database
  staged: Staged
  found: Report
  inputHash: string
  source: BundleSource
  options: Omit<ImportOptions, 'source' | 'actorId' | 'beside'> & Moment & { progress: Progress }
}

const settingsOf = ({ source, options: { timeZone, locale, only, adopt } }: Job) => ({
  ...{ source, timeZone, locale, only, adopt },
})

const isStopped = ({ options }: Job, report: Report, { shrunk }: Plan) =>
  options.dryRun || (report.rejected.total > 0 && !options.skipInvalid) || (shrunk.length > 0 && !options.acceptShrink)

const askedOf = ({ staged: { scratch }, inputHash, options }: Job, plan: Plan): Asked => ({
  ...{ scratch, plan, inputHash, moment: options, progress: options.progress },
})

/** Compares without a lock. Nothing is left to do where no school has moved. */
async function attempt(job: Job, done: Done): Promise<Outcome | undefined> {
  const { db, staged, found, options } = job
  const report = found.copy()
  const moment = await db.snapshot((tx) => readMoment(tx, staged, settingsOf(job), report))
  const plan = await compare(staged, moment, report, options)
  await options.onCompared?.(plan, report)
  if (isStopped(job, report, plan)) return done.stopped(plan, report)
  const { written, moved } = await apply(db, askedOf(job, plan))
  if (!moved.length) return done.ended(plan, report, written)
  done.add(written)
  return undefined
}

const reachedIn = ({ schools }: Orgs) =>
  schools.flatMap(({ existing, isOutside }) => (existing && !isOutside ? existing.id : []))

/** A register that never rests needs the locks during the comparison. */
async function attemptLocked(job: Job, done: Done): Promise<Outcome> {
  const { db, staged, found, options } = job
  const { orgs } = await db.snapshot((tx) => readMoment(tx, staged, settingsOf(job), found.copy()))
  const locks = [register, ...reachedIn(orgs)]
  return db.transaction(locks, async (tx) => {
    const report = found.copy()
    const moment = await readMoment(tx, staged, settingsOf(job), report)
    if (reachedIn(moment.orgs).some((id) => !locks.includes(id))) throw new MovedError()
    const plan = await compare(staged, moment, report, options)
    if (isStopped(job, report, plan)) return done.stopped(plan, report)
    const { written, moved } = await applyIn(db, tx, askedOf(job, plan))
    if (moved.length) throw new MovedError()
    return done.ended(plan, report, written)
  })
}

async function attempts(job: Job, done: Done): Promise<Outcome> {
  for (let n = 1; n <= tries; n++) {
    const outcome = await attempt(job, done)
    if (outcome) return outcome
    job.options.progress('The register has changed meanwhile: comparing again')
  }
  return attemptLocked(job, done).catch((error) => {
    throw error instanceof MovedError
      ? new UnavailableError('schools were made while the import ran: run it again')
      : error
  })
}

async function run(job: Job): Promise<Outcome> {
  const done = new Done()
  return attempts(job, done).catch((error) => {
    throw asPartial(error, done.count)
  })
}

/** A complete bundle without any of these is no roster. */
const needed = ['orgs', 'users', 'classes', 'enrollments'] as const

function refuseHeadersAlone({ counts, announced }: Staged, report: Report, isAccepted: boolean): void {
  const empty = needed.filter((file) => announced[file] === 'bulk' && counts[file] === 0)
  if (empty.length && !isAccepted)
    throw new BundleError(
      `${empty.map((file) => `${file}.csv`).join(', ')} ${empty.length === 1 ? 'holds' : 'hold'} no row but the header, though the manifest announces all rows (bulk): export it again, or say --accept-shrink`,
    )
  const held = Object.values(counts)
  if (held.length && held.every((count) => count === 0))
    report.note('No file of this bundle holds a row: there is nothing to bring in')
}

async function slugsOf(db: Database, { plan, written }: Outcome, source: BundleSource) {
  const touched = new Set(written.map(({ sourcedId }) => sourcedId))
  const isTold = ({ isOutside, isNamed, sourcedId }: PlannedSchool) => !isOutside && (isNamed || touched.has(sourcedId))
  const planned = plan.schools.filter(isTold)
  const ids = planned.map(({ sourcedId }) => sourcedId)
  const found = await db
    .select({ sourcedId: schools.sourcedId, slug: schools.slug })
    .from(schools)
    .where(and(eq(schools.source, source.name), inArray(schools.sourcedId, ids)))
  const slugs = new Map(found.map(({ sourcedId, slug }) => [sourcedId, slug]))
  return planned.map(({ name, sourcedId, existing }) => ({
    name,
    slug: existing?.slug ?? slugs.get(sourcedId) ?? null,
  }))
}

function outsideOf({ schools, counts }: Plan): Outside[] {
  const named = schools.filter(({ isOutside, isNamed }) => isOutside && isNamed)
  return named.map(({ key, sourcedId, name, existing }) => {
    const rows = fileKinds.flatMap((file): [FileKind, number][] => {
      const { kept, deleted } = counts.of({ key }, file)
      return kept + deleted ? [[file, kept + deleted]] : []
    })
    return { sourcedId, name, isKnown: existing !== null, rows: Object.fromEntries(rows) }
  })
}

export interface ReadBundle {
  name: string
  files: { name: string; size: number }[]
  staged: Staged
  found: Report
}

/** Applies all or nothing of each school. Records that the bundle lacks stay. Throws `BundleError`, and the database's errors. */
export async function importRead(db: Database, bundle: ReadBundle, given: ImportOptions): Promise<ImportResult> {
  const { name, files, staged, found } = bundle
  const clock = () => given.now ?? new Date()
  const options = { now: clock(), clock, name, progress: () => {}, ...given }
  refuseHeadersAlone(staged, found, options.acceptShrink ?? false)
  const source = bundleSource(given.source, staged.manifest.systemCode)
  const { skipInvalid = false, endMissing = false, dates = null } = options
  const inputHash = sha256(canonical({ files, source: source.name, skipInvalid, endMissing, dates }))
  const outcome = await run({ db, staged, found, inputHash, source, options })
  const { plan, report, isApplied, written, totals, ended } = outcome
  if (written.length) await db.optimize()
  await options.listMissing?.(plan.missing.list())
  return {
    isApplied,
    version: staged.manifest.version,
    source: source.name,
    schools: await slugsOf(db, outcome, source),
    outside: outsideOf(plan),
    rows: staged.counts,
    totals,
    missing: plan.missing.counts,
    ended,
    shrunk: plan.shrunk,
    rejected: report.rejected.findings,
    warnings: report.warnings.findings,
    notes: [...report.notes],
  }
}

export async function importBundle(db: Database, path: string, given: ImportOptions): Promise<ImportResult> {
  const bundle = await openSource(path, given.limits)
  const found = new Report()
  let staged: Staged | undefined
  try {
    staged = await stage(bundle, { order: given.dates, now: given.now ?? new Date() }, found, given.progress)
    await given.onStaged?.(staged)
    const files = bundle.files.map(({ name, size }) => ({ name, size }))
    return await importRead(db, { name: basename(path), files, staged, found }, given)
  } catch (error) {
    if (error instanceof BundleError) error.notes = [...found.notes]
    throw error
  } finally {
    staged?.scratch.close()
    bundle.close()
  }
}
