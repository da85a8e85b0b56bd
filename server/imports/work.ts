import type { Database } from '../../db/database.ts'
import { UnavailableError } from '../../db/errors.ts'
import { DomainError, domainError } from '../errors.ts'
import { hasChangesAlone } from '../oneroster/comparison/row-counts.ts'
import type { ImportOptions, ImportResult, ReadBundle } from '../oneroster/import.ts'
import { importRead } from '../oneroster/import.ts'
import { firstOf } from '../oneroster/read/values.ts'
import { BundleError } from '../oneroster/report.ts'
import { isOfBundle, readBundle } from './bundle.ts'
import { keepChanges } from './changes.ts'
import { keepMissing } from './keep-missing.ts'
import type { Leased } from './lease.ts'
import { beat, beginIn, claim, endCanceled, finish, hasBegun, hasBrokenOff, letGo } from './lease.ts'
import { endFailure } from './outcomes.ts'
import { dropPieces, writePieces } from './pieces.ts'
import { requireReach, schoolsFor } from './reach.ts'
import { onScreen } from './sentences.ts'

const beatEveryMs = 1_000

export interface WorkOptions {
  now(): Date
  /** A process that stops leaves the rest to another. */
  isStopping(): boolean
  log(problem: { error: unknown }): void
}

class Stopped extends Error {
  override name = 'Stopped'
}

export interface Choices {
  source?: string | undefined
  adopt?: string | undefined
  endMissing?: boolean | undefined
  skipInvalid?: boolean
  acceptShrink?: boolean
}

export interface ImportReport extends Record<string, unknown> {
  isApplied: boolean
  source: string
  version: string | null
  schools: ImportResult['schools']
  outside: ImportResult['outside']
  totals: ImportResult['totals']
  shrunk: ImportResult['shrunk']
  missing?: ImportResult['missing']
  ended?: number
  rejected: number
  warnings: number
  notes: string[]
}

const reportOf = ({ rejected, warnings, notes, rows: _, ...result }: ImportResult): ImportReport => ({
  ...result,
  rejected: rejected.total,
  warnings: warnings.total,
  notes: notes.map(onScreen),
})

class Pulse {
  #progress = ''
  #ends: 'canceled' | 'lost' | undefined
  readonly #timer: NodeJS.Timeout
  readonly #job: Leased
  readonly #options: WorkOptions
  #beating: Promise<void> | undefined

  constructor(db: Database, job: Leased, options: WorkOptions) {
    this.#options = options
    this.#job = job
    const say = async () => {
      const heard = await beat(db, job, options.now(), this.#progress)
      if (heard !== 'go on') this.#ends = heard
    }
    this.#timer = setInterval(() => {
      // A busy database is told by a later call.
      this.#beating ??= say()
        .catch(() => {})
        .finally(() => {
          this.#beating = undefined
        })
    }, beatEveryMs)
    this.#timer.unref()
  }

  readonly progress = (message: string): void => {
    this.#progress = message
    const isWriting = message.startsWith('Writing')
    const isEnded = this.#ends === 'lost' || (this.#ends === 'canceled' && !hasBegun(this.#job))
    if (isEnded || (this.#options.isStopping() && !isWriting)) throw new Stopped()
  }

  async end(): Promise<void> {
    clearInterval(this.#timer)
    await this.#beating
  }
}

async function keepFindings(db: Database, job: Leased, { rejected, warnings }: ImportResult): Promise<void> {
  await dropPieces(db, job, (shelf) => shelf === 'rejected' || shelf === 'warnings')
  const worded = ({ shown }: ImportResult['rejected']) =>
    shown.map((one) => ({ ...one, message: onScreen(one.message) }))
  await writePieces(db, job, 'rejected', worded(rejected))
  await writePieces(db, job, 'warnings', worded(warnings))
}

async function optionsOf(db: Database, job: Leased, progress: (message: string) => void): Promise<ImportOptions> {
  const { source, adopt, endMissing } = job.choices as Choices
  return {
    timeZone: 'UTC',
    locale: 'en',
    only: await schoolsFor(db, job.userId),
    source,
    endMissing: endMissing ?? false,
    adopt: adopt === undefined ? undefined : { sourcedId: adopt, schoolId: job.schoolId },
    progress,
  }
}

async function compareBundle(db: Database, job: Leased, bundle: ReadBundle, pulse: Pulse, { now }: WorkOptions) {
  const result = await importRead(db, bundle, {
    ...(await optionsOf(db, job, pulse.progress)),
    dryRun: true,
    // A bundle that shrank can still be looked at.
    acceptShrink: true,
    now: now(),
    async onCompared(plan) {
      await keepChanges(db, job, plan)
      await keepMissing(db, job, plan)
    },
  })
  await keepFindings(db, job, result)
  const at = now()
  await finish(db, job, at, { state: 'ready', report: reportOf(result), failure: null })
}

async function applyBundle(db: Database, job: Leased, bundle: ReadBundle, pulse: Pulse, { now }: WorkOptions) {
  const { skipInvalid, acceptShrink } = job.choices as Choices
  const result = await importRead(db, bundle, {
    ...(await optionsOf(db, job, pulse.progress)),
    skipInvalid: skipInvalid ?? false,
    acceptShrink: acceptShrink ?? false,
    actorId: job.userId,
    onCompared: (plan) => keepMissing(db, job, plan),
    now: now(),
    async beside(tx, { id }) {
      await requireReach(tx, job.userId, [id])
      await beginIn(tx, job, now())
    },
  })
  await keepFindings(db, job, result)
  await settleReport(db, job, result, now())
  // What it left out, or never held, is still missing.
  const isWhole = result.isApplied && !result.outside.length && !hasChangesAlone(bundle.staged)
  if (isWhole) await endFailure(db, { source: result.source, name: job.name, at: now() })
}

async function settleReport(db: Database, job: Leased, result: ImportResult, now: Date): Promise<void> {
  const state = result.isApplied ? 'done' : 'ready'
  await finish(db, job, now, { state, report: reportOf(result), failure: null })
  if (result.isApplied) await dropPieces(db, job, (shelf) => isOfBundle(shelf) || shelf.startsWith('changes '))
}

/** A database that is busy or away is asked again by whoever takes the import next. */
const isPassing = (error: unknown) => error instanceof UnavailableError && !['full', 'readOnly'].includes(error.trouble)

async function failed(db: Database, job: Leased, error: unknown, { now, log }: WorkOptions): Promise<void> {
  if (isPassing(error)) return letGo(db, job)
  const known = domainError(error)
  // A full disk is the server's, so whoever runs it has to hear of it.
  if (error instanceof UnavailableError || !(known || error instanceof BundleError)) log({ error })
  const failure = error instanceof BundleError ? onScreen(error.message) : (known?.reason ?? 'internal')
  const at = now()
  await finish(db, job, at, { state: 'failed', failure: firstOf(failure, 2000) })
}

async function stopped(db: Database, job: Leased, { now }: WorkOptions): Promise<void> {
  const at = now()
  const heard = await beat(db, job, at, '')
  if (heard === 'canceled' && !hasBegun(job)) {
    await endCanceled(db, job, at)
    await dropPieces(db, job)
  } else if (heard !== 'lost') await letGo(db, job)
}

const isStop = (error: unknown) =>
  error instanceof Stopped || (error instanceof DomainError && error.reason === 'import.stopped')

async function work(db: Database, job: Leased, options: WorkOptions): Promise<void> {
  const pulse = new Pulse(db, job, options)
  let bundle: ReadBundle | undefined
  const run = job.state === 'comparing' ? compareBundle : applyBundle
  try {
    const work = async () => {
      if (hasBrokenOff(job)) throw new DomainError('import.broke_off')
      pulse.progress('Reading')
      bundle = await readBundle(db, job, job.name)
      await run(db, job, bundle, pulse, options)
    }
    await work().catch(async (error) => {
      if (isStop(error)) throw error
      await failed(db, job, error, options)
    })
  } catch (error) {
    if (!isStop(error)) throw error
    await stopped(db, job, options)
  } finally {
    await pulse.end()
    bundle?.staged.scratch.close()
  }
}

export async function workOnNext(db: Database, options: WorkOptions): Promise<boolean> {
  const job = await claim(db, options.now())
  if (!job) return false
  await work(db, job, options)
  return true
}
