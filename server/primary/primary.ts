/** The primary imports nothing of what its workers serve, so that it needs no replacement itself. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../config.ts'
import type { EndedMover } from '../moves/primary.ts'
import type { Log } from '../runtime/logging.ts'
import { createLog, described } from '../runtime/logging.ts'
import { Crew } from './crew.ts'
import { Entrance } from './entrance.ts'
import { Counts, serveMetrics } from './metrics.ts'
import { Migration } from './migration.ts'
import { Mover } from './mover.ts'
import { Relief } from './relief.ts'
import { SaidError } from './said-error.ts'
import { onSignals } from './signals.ts'

/** In ms. A worker that runs beyond its own deadline, or after `cut`, hangs. */
const beyondDeadline = 1000
const beyondCut = 150
/** In ms. After an unforeseen failure, calls under way get only so long. */
const afterFailure = 5000
const dailyMs = 86_400_000

function urlOf({ host, publicUrl }: Config, port: number): string {
  const reachable = /^(0\.0\.0\.0|::)$/.test(host) ? 'localhost' : host
  return publicUrl ?? `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}

export class Primary {
  readonly #config: Config
  readonly #log: Log
  readonly #entrance = new Entrance()
  readonly #counts = new Counts()
  readonly #migration = new Migration()
  readonly #crew: Crew
  readonly #relief: Relief
  readonly #mover: Mover
  #isStopping = false
  #isServing = false
  #reloads = Promise.resolve()

  constructor(config: Config) {
    this.#config = config
    this.#log = createLog(config)
    const { workers: size, drainDeadlineMs: deadlineMs } = config
    this.#crew = new Crew({
      log: this.#log,
      entrance: this.#entrance,
      counts: this.#counts,
      size,
      deadlineMs,
      onNews: (news) => this.#relief.hear(news),
      onOrder: (order) => this.#mover.obey(order),
      onAdmitted: (worker) => this.#relief.tell(worker),
    })
    const ended = (mover: EndedMover) => this.#crew.tellOne({ tell: 'moverEnded', mover })
    this.#mover = new Mover({ log: this.#log, ended })
    const inTurn = (work: () => Promise<void>) => {
      this.#reloads = this.#reloads.then(work)
    }
    this.#relief = new Relief({ log: this.#log, crew: this.#crew, size, inTurn })
  }

  /** Resolves once the register is served. Throws when it cannot be; ends the process after `SaidError`. */
  async start(): Promise<void> {
    const { drainDelayMs, drainDeadlineMs } = this.#config
    onSignals({
      stop: (signal, isImpatient) => {
        this.#log.info({ signal }, 'the server stops')
        void this.#stop(0, isImpatient ? 0 : drainDelayMs, drainDeadlineMs)
      },
      cut: (signal) => void this.#cut(signal),
      reload: () => {
        this.#reloads = this.#reloads.then(() => this.#reload())
      },
    })
    for (const failure of ['uncaughtException', 'unhandledRejection'])
      process.on(failure, (error) => {
        this.#log.fatal({ failure, error: described(error) }, 'nothing handled an error: the process ends in order')
        void this.#stop(1, 0, Math.min(afterFailure, drainDeadlineMs))
      })
    try {
      await this.#serve()
    } catch (error) {
      // A signal may stop the process during its start.
      if (this.#isStopping) return
      if (error instanceof SaidError) this.#end(1)
      void this.#entrance.close()
      throw error
    }
  }

  async #serve(): Promise<void> {
    await this.#migrate()
    if (this.#isStopping) return
    const url = urlOf(this.#config, await this.#entrance.listen(this.#config))
    const metrics = await serveMetrics(this.#config, this.#counts)
    await this.#crew.replace()
    this.#isServing = true
    this.#log.info({ url, workers: this.#config.workers, ...(metrics && { metrics }) }, 'the server listens')
    this.#crew.serving[0]?.send({ tell: 'greet', url })
    this.#sayHeads()
    setInterval(() => this.#sayHeads(), dailyMs).unref()
  }

  /** Each worker would log the same. */
  #sayHeads(): void {
    this.#crew.serving[0]?.send({ tell: 'heads' })
  }

  async #migrate(): Promise<void> {
    const { made, applied, copy, unvalidated = [] } = await this.#migration.run()
    if (made) console.log(made)
    if (applied.length) this.#log.info({ applied, ...(copy && { copy }) }, 'the database was migrated')
    for (const reason of unvalidated) this.#log.warn({ reason }, 'older rows of a table are unchecked: see the reason')
  }

  /** New workers read the files that the environment names again; old ones stay if these cannot start. */
  async #reload(): Promise<void> {
    if (this.#isStopping || !this.#isServing) return
    this.#log.info('the server reloads')
    try {
      await this.#migrate()
      await this.#crew.replace()
      this.#relief.dismiss()
      this.#log.info('the server has reloaded')
    } catch (error) {
      this.#log.error({ error: described(error) }, 'the reload failed: the old workers go on')
    }
  }

  async #stop(code: number, delayMs: number, deadlineMs: number): Promise<void> {
    if (this.#isStopping) return
    this.#isStopping = true
    this.#migration.stop()
    this.#relief.stop()
    const moverEnded = this.#mover.end()
    setTimeout(() => this.#end(1), deadlineMs + beyondDeadline)
    this.#crew.drain(deadlineMs)
    if (this.#isServing) await sleep(delayMs)
    await this.#entrance.close()
    const [isClean] = await Promise.all([this.#crew.finish(), moverEnded])
    this.#log.info('the server has stopped')
    this.#end(isClean ? code : 1)
  }

  async #cut(signal: string): Promise<void> {
    this.#log.warn({ signal }, 'the server stops at once')
    this.#crew.cut()
    await Promise.race([this.#crew.finish(), sleep(beyondCut)])
    this.#end(1)
  }

  #end(code: number): void {
    this.#crew.kill()
    this.#mover.kill()
    process.exit(code)
  }
}
