/** Two colours as processes of this machine, behind HAProxy. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Backend, Colour, Measure, Shares, Target } from './backend.ts'
import { colours, RolloutError } from './backend.ts'
import type { Counts } from './counts.ts'
import { countsIn, figuresBetween } from './counts.ts'
import { Haproxy } from './haproxy.ts'
import { checkBy, newestBackupBy, pendingBy, strictSteps } from './homeroom.ts'
import { end, launch, pidIn } from './processes.ts'
import { runOrThrow } from './run.ts'
import type { MachineSettings } from './settings.ts'

const programOf = (release: string): string => join(resolve(release), 'dist/server/homeroom.js')

const isTaken = (port: number): Promise<boolean> =>
  new Promise((answer) => {
    const tried = connect({ port, host: '127.0.0.1' })
    tried.once('connect', () => answer(true)).once('error', () => answer(false))
    tried.once('connect', () => tried.destroy())
  })

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/health/ready`, { headers: { connection: 'close' }, signal: AbortSignal.timeout(2000) }).then(
    async (answer) => {
      await answer.arrayBuffer()
      return answer.status === 200
    },
    () => false,
  )

export class Machine implements Backend {
  readonly tookIs = 'p95'
  readonly graceSeconds: number
  readonly #settings: MachineSettings
  readonly #haproxy: Haproxy
  readonly #env: NodeJS.ProcessEnv

  constructor(settings: MachineSettings) {
    this.#settings = settings
    this.graceSeconds = settings.graceSeconds
    this.#haproxy = new Haproxy(settings.haproxy.socket, settings.haproxy.backend)
    const folder = resolve(settings.folder)
    const own = { NODE_ENV: 'production', TRUST_PROXY: '1', ASSETS_FOLDER: join(folder, 'assets') }
    this.#env = { ...own, ...process.env, ...settings.environment }
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }

  #file = (colour: Colour, ending: string) => join(resolve(this.#settings.folder), `${colour}.${ending}`)
  #url = (colour: Colour) => `http://127.0.0.1:${this.#settings.colours[colour].port}`
  #homeroom = (release: string, ...args: string[]) => [process.execPath, programOf(release), ...args]

  async inspect(): Promise<void> {
    const servers = await this.#haproxy.servers()
    for (const colour of colours) {
      const [known, { port }] = [servers.get(colour), this.#settings.colours[colour]]
      if (known?.port !== port)
        throw new RolloutError(
          `HAProxy's server ${colour} is at port ${known?.port ?? 'none'}, and the settings say ${port}`,
        )
    }
  }

  newestBackup({ live, fresh }: { live: string | undefined; fresh: string }) {
    return newestBackupBy((args) => this.#homeroom(live ?? fresh, ...args), this.#settings.backup, this.#env)
  }

  async migrate(release: string): Promise<string> {
    const strict = await strictSteps(this.#homeroom(release, 'migrate', 'plan', '--json'), this.#env)
    const out = await runOrThrow('the migration failed', this.#homeroom(release, 'migrate', '--json'), this.#env)
    const { applied } = JSON.parse(out) as { applied: string[] }
    const after = strict.length ? `. After ${strict.join(', ')} the version before can not be started again` : ''
    return applied.length ? `applied ${applied.join(', ')}${after}` : 'nothing was pending'
  }

  async runs(target: Target): Promise<boolean> {
    return this.#pid(target) !== undefined && (await isReady(this.#url(target.colour)))
  }

  #pid = ({ colour, release }: Target) => pidIn(this.#file(colour, 'pid'), programOf(release))

  async start(target: Target): Promise<void> {
    const { colour, release } = target
    if (!existsSync(programOf(release)))
      throw new RolloutError(`${programOf(release)} is not there: build the release first`)
    const [log, seconds] = [this.#file(colour, 'log'), this.#settings.startSeconds]
    let launched: ReturnType<typeof launch> | undefined
    for (const late = performance.now() + seconds * 1000; !(await this.#isUp(colour)); await sleep(100)) {
      if (launched?.hasEnded()) throw new RolloutError(`${release} does not start: ${lastLineOf(log)} (${log})`)
      if (performance.now() > late) throw new RolloutError(`${colour} was not ready within ${seconds} s: see ${log}`)
      // One that was told to end by an interrupted rollout may still be ending.
      if (!launched && this.#pid(target) === undefined) launched = await this.#launch(target)
    }
  }

  /** Both say so: the server itself, and HAProxy, which may notice later. */
  #isUp = async (colour: Colour): Promise<boolean> =>
    (await isReady(this.#url(colour))) && (await this.#haproxy.servers()).get(colour)?.isUp === true

  async #requireFreePort(colour: Colour): Promise<void> {
    const { port, metricsPort } = this.#settings.colours[colour]
    for (const one of [port, metricsPort])
      if (await isTaken(one)) throw new RolloutError(`port ${one} of ${colour} is taken by another process`)
  }

  async #launch({ colour, release }: Target): Promise<ReturnType<typeof launch>> {
    await this.#requireFreePort(colour)
    // Ready, it would get requests before anybody has looked at it.
    if ((await this.#haproxy.servers()).get(colour)?.weight) await this.#haproxy.weigh({ [colour]: 0 })
    const { port, metricsPort } = this.#settings.colours[colour]
    return launch({
      pidFile: this.#file(colour, 'pid'),
      logFile: this.#file(colour, 'log'),
      command: this.#homeroom(release, 'start'),
      env: { ...this.#env, HOST: '127.0.0.1', PORT: String(port), METRICS_PORT: String(metricsPort) },
    })
  }

  async addressOf({ colour }: Target): Promise<string> {
    return this.#url(colour)
  }

  check({ colour, release }: Target): Promise<void> {
    // With https there, the server takes no call of a page that says http.
    const people = this.#env.PUBLIC_URL
    return checkBy(
      (args) => this.#homeroom(release, ...args),
      this.#url(colour),
      this.#settings.check,
      this.#env,
      people,
    )
  }

  shift(shares: Shares): Promise<void> {
    return this.#haproxy.weigh(shares)
  }

  async #counts(colour: Colour): Promise<Counts | undefined> {
    try {
      const url = `http://127.0.0.1:${this.#settings.colours[colour].metricsPort}/metrics`
      const answer = await fetch(url, { headers: { connection: 'close' }, signal: AbortSignal.timeout(5000) })
      return countsIn(await answer.text())
    } catch {
      return undefined
    }
  }

  async measure({ colour }: Target): Promise<Measure> {
    let begun = await this.#counts(colour)
    return async () => {
      const now = await this.#counts(colour)
      begun ??= now
      return begun && now && figuresBetween(begun, now)
    }
  }

  async stop({ colour, release }: Target): Promise<string | undefined> {
    const wasCut = await end(this.#file(colour, 'pid'), programOf(release), this.graceSeconds * 1000)
    return wasCut
      ? `it had not ended after ${this.graceSeconds} s, and was cut: ${this.#file(colour, 'log')} names what was open`
      : undefined
  }

  pending(release: string): Promise<string[]> {
    return pendingBy(this.#homeroom(release, 'migrate', 'status', '--json'), this.#env)
  }
}

/** Logs are lines of JSON; what stops a start is a plain line. */
function lastLineOf(file: string): string {
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return lines.findLast((line) => !line.startsWith('{')) ?? lines.at(-1) ?? 'it said nothing'
}
