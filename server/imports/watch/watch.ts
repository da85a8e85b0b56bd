/** Bundles that arrive in a folder are brought in one by one, whatever happens to the folder, the database or this process. */
import type { Database } from '../../../db/database.ts'
import type { ImportOptions } from '../../oneroster/import.ts'
import { filedUnder, forgetUnnamed, tellOutcome } from '../outcomes.ts'
import type { Arrival } from './arrivals.ts'
import { arrivalsIn, codeOf, isWhole, Stillness } from './arrivals.ts'
import type { Brought } from './bring.ts'
import { bring, StoppedError } from './bring.ts'
import type { Taken } from './folder.ts'
import { goneAfter, WatchedFolder } from './folder.ts'

/** What must still be on its way is waited for so many times as long, and then refused for what it lacks. */
const patience = 60
const brokenOffAtMost = 3

export interface WatchOptions {
  /** A bundle that has looked the same for so long, in ms, is no longer written. */
  settle: number
  settings: ImportOptions
  open(): Promise<Database>
  now(): Date
  /** In ms. It never goes back. */
  clock(): number
  isStopping(): boolean
  reportOf(name: string, brought: Brought, at: Date): string
  told: {
    /** `place` is where it lies now, seen from the folder, and `ms` how long it took. */
    brought(name: string, brought: Brought, place: string, ms: number): void
    trouble(error: unknown): void
    wellAgain(): void
    ignored(name: string): void
  }
}

const brokenOff = (source: string): Brought => ({
  source,
  failure: { reason: 'brokeOff', sentence: `the process ended ${brokenOffAtMost} times while it was brought in` },
  notes: [],
})

const kindOf = (error: unknown): string => codeOf(error) ?? (error as Partial<Error> | undefined)?.name ?? ''

export class Watcher {
  readonly #folder: WatchedFolder
  readonly #options: WatchOptions
  readonly #arriving = new Stillness()
  readonly #others = new Stillness()
  readonly #working = new Stillness()
  readonly #ignored = new Set<string>()
  /** Neither put aside nor given back: the folder takes no change. */
  readonly #left = new Set<string>()
  #trouble: string | undefined

  constructor(path: string, options: WatchOptions) {
    this.#folder = new WatchedFolder(path)
    this.#options = options
  }

  /** Brings in all that has arrived whole. It throws nothing: what goes wrong is told, and tried again by the next call. */
  async look(): Promise<void> {
    const { told } = this.#options
    try {
      await this.#folder.prepare()
      await this.#giveBackLeft()
      await this.#giveBackOfGone()
      await this.#bringArrived()
      if (this.#trouble !== undefined) told.wellAgain()
      this.#trouble = undefined
    } catch (error) {
      if (error instanceof StoppedError) return
      if (this.#trouble !== kindOf(error)) told.trouble(error)
      this.#trouble = kindOf(error)
    }
  }

  async #giveBackOfGone(): Promise<void> {
    const still = this.#working.see(await this.#folder.underWork(), this.#options.clock())
    for (const [name, ms] of still) if (ms >= goneAfter) await this.#folder.giveBackOf(name)
  }

  async #bringArrived(): Promise<void> {
    const { settle, clock, isStopping } = this.#options
    const { arrivals, others } = await arrivalsIn(this.#folder.path)
    this.#tellOthers(others)
    const still = this.#arriving.see(arrivals, clock())
    for (const arrival of arrivals) {
      const ms = still.get(arrival.name) ?? 0
      if (isStopping()) return
      if (ms < settle || !(await this.#isReady(arrival, ms))) continue
      const taken = await this.#folder.take(arrival)
      if (taken) await this.#work(taken)
    }
  }

  async #isReady(arrival: Arrival, ms: number): Promise<boolean> {
    return ms >= this.#options.settle * patience || isWhole(this.#folder.path, arrival).catch(() => true)
  }

  #tellOthers(names: readonly string[]): void {
    const { settle, clock, told } = this.#options
    const still = this.#others.see(
      names.map((name) => ({ name, looks: '' })),
      clock(),
    )
    for (const [name, ms] of still) {
      if (ms < settle || this.#ignored.has(name)) continue
      this.#ignored.add(name)
      told.ignored(name)
    }
  }

  async #work(taken: Taken): Promise<void> {
    const { open, clock, told, now, reportOf } = this.#options
    const since = clock()
    try {
      const brought = await this.#brought(taken, open)
      const place = await this.#folder.putAside(
        taken.name,
        brought.failure ? 'failed' : 'done',
        reportOf(taken.name, brought, now()),
        now(),
      )
      told.brought(taken.name, brought, place, clock() - since)
    } catch (error) {
      this.#left.add(taken.name)
      await this.#giveBackLeft()
      throw error
    } finally {
      taken.letGo()
    }
  }

  async #giveBackLeft(): Promise<void> {
    for (const name of this.#left) {
      await this.#folder.giveBack(name)
      this.#left.delete(name)
    }
  }

  async #brought(taken: Taken, open: WatchOptions['open']): Promise<Brought> {
    const { settings, now } = this.#options
    const { path } = this.#folder
    const db = await open()
    try {
      const isHopeless = (await this.#folder.timesBrokenOff(taken.name)) >= brokenOffAtMost
      const brought = isHopeless
        ? brokenOff(settings.source ?? (await filedUnder(db, path, null)))
        : await bring(db, path, taken, this.#stoppable())
      const { source, failure, result } = brought
      const found = result && { rejected: result.rejected, warnings: result.warnings }
      await tellOutcome(db, {
        source,
        name: taken.name,
        at: now(),
        folder: path,
        ...(failure && { failure }),
        ...(found && { found }),
      })
      if (!failure) await forgetUnnamed(db, path, source)
      return brought
    } finally {
      await db.close()
    }
  }

  #stoppable(): ImportOptions {
    const { settings, isStopping } = this.#options
    const progress = (message: string) => {
      if (isStopping() && !message.startsWith('Writing')) throw new StoppedError()
    }
    return { ...settings, progress }
  }
}
