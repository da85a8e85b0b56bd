/** Two colours as revisions of a container app, which carry their colour as a label. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Az } from './az.ts'
import type { MetricAnswer } from './azure-figures.ts'
import { figuresIn } from './azure-figures.ts'
import type { Backend, Colour, Measure, Shares, Target } from './backend.ts'
import { RolloutError } from './backend.ts'
import { checkBy } from './homeroom.ts'
import type { AzureSettings } from './settings.ts'

interface App {
  id: string
  properties: {
    configuration: {
      activeRevisionsMode: string
      ingress: { fqdn: string; traffic?: { latestRevision?: boolean; weight?: number }[] | null } | null
    }
    template: { terminationGracePeriodSeconds?: number | null }
  }
}
interface Revision {
  properties: { active: boolean; healthState?: string; runningState?: string; provisioningState?: string }
}
interface StoredBackup {
  name: string
  completedTime: string
}

const homeroom = join(import.meta.dirname, '../../server/cli/bin.mjs')

export class Azure implements Backend {
  readonly tookIs = 'the mean'
  readonly graceSeconds: number
  readonly #settings: AzureSettings
  readonly #az: Az

  constructor(settings: AzureSettings) {
    this.#settings = settings
    this.graceSeconds = settings.graceSeconds
    this.#az = new Az(settings)
  }

  /** Revisions share their name's beginning with the app's. */
  #revision = ({ id }: Target) => `${this.#settings.app}--${id}`
  #app = (): Promise<App> => this.#az.inGroup<App>('containerapp show', '--name', this.#settings.app)
  #shown = (target: Target) =>
    this.#az.tried<Revision>(
      'containerapp revision show',
      '--name',
      this.#settings.app,
      '--revision',
      this.#revision(target),
    )

  async inspect(): Promise<void> {
    const { properties } = await this.#app()
    const { activeRevisionsMode, ingress } = properties.configuration
    const fault = (said: string) => new RolloutError(`${this.#settings.app}: ${said}`)
    if (activeRevisionsMode.toLowerCase() !== 'multiple') throw fault('its revisions must be in the mode "multiple"')
    if (!ingress) throw fault('it has no ingress')
    if (ingress.traffic?.some(({ latestRevision, weight }) => latestRevision && weight))
      throw fault('its traffic goes to the latest revision, whichever that is: name the revision that serves')
    const grace = properties.template.terminationGracePeriodSeconds ?? 30
    if (grace < this.graceSeconds)
      throw fault(`its termination grace period is ${grace} s, and graceSeconds says ${this.graceSeconds}`)
  }

  async newestBackup() {
    const all = await this.#az.inGroup<StoredBackup[]>(
      'postgres flexible-server backup list',
      '--server-name',
      this.#settings.backup.server,
    )
    const newest = all.toSorted((one, two) => Date.parse(two.completedTime) - Date.parse(one.completedTime))[0]
    if (!newest) throw new RolloutError(`${this.#settings.backup.server} has no backup`)
    return { name: newest.name, at: new Date(newest.completedTime), how: 'is said to be complete; nobody opened it' }
  }

  async migrate(release: string): Promise<string> {
    const job = ['--name', this.#settings.migrationJob]
    await this.#az.inGroup('containerapp job update', ...job, '--image', release)
    const { name } = await this.#az.inGroup<{ name: string }>('containerapp job start', ...job)
    for (;;) {
      const { properties } = await this.#az.inGroup<{ properties: { status: string } }>(
        'containerapp job execution show',
        ...job,
        '--job-execution-name',
        name,
      )
      if (properties.status === 'Succeeded') return `the job ${name} has ended well`
      if (!/^(?:Running|Processing|Unknown)$/.test(properties.status))
        throw new RolloutError(`the migration failed: the job ${name} is ${properties.status}; its log says why`)
      await sleep(this.#settings.watch.pollSeconds * 1000)
    }
  }

  async runs(target: Target): Promise<boolean> {
    const shown = await this.#shown(target)
    return shown?.properties.active === true && shown.properties.healthState === 'Healthy'
  }

  async start(target: Target): Promise<void> {
    const { app } = this.#settings
    const shown = await this.#shown(target)
    const revision = this.#revision(target)
    if (!shown)
      await this.#az.inGroup(
        'containerapp revision copy',
        '--name',
        app,
        '--image',
        target.release,
        '--revision-suffix',
        target.id,
      )
    else if (!shown.properties.active)
      await this.#az.inGroup('containerapp revision activate', '--name', app, '--revision', revision)
    await this.#az.inGroup(
      'containerapp revision label add',
      '--name',
      app,
      '--label',
      target.colour,
      '--revision',
      revision,
      '--yes',
    )
    await this.#untilHealthy(target)
  }

  async #untilHealthy(target: Target): Promise<void> {
    const late = performance.now() + this.#settings.startSeconds * 1000
    while (!(await this.runs(target))) {
      const { provisioningState, runningState } = (await this.#shown(target))?.properties ?? {}
      if (provisioningState === 'Failed' || runningState === 'Failed')
        throw new RolloutError(`the revision ${this.#revision(target)} does not start: its log says why`)
      if (performance.now() > late)
        throw new RolloutError(
          `the revision ${this.#revision(target)} was not healthy within ${this.#settings.startSeconds} s`,
        )
      await sleep(this.#settings.watch.pollSeconds * 1000)
    }
  }

  /** A label's own name leads to its revision, whatever the weights are. */
  async addressOf({ colour }: Target): Promise<string> {
    const fqdn = (await this.#app()).properties.configuration.ingress?.fqdn ?? ''
    const { app } = this.#settings
    if (!fqdn.startsWith(`${app}.`)) throw new RolloutError(`${app}: its name is ${fqdn || 'unknown'}`)
    return `https://${app}---${colour}${fqdn.slice(app.length)}`
  }

  async check(target: Target): Promise<void> {
    const command = (args: string[]) => [process.execPath, homeroom, ...args]
    await checkBy(command, await this.addressOf(target), this.#settings.check, process.env)
  }

  async shift(shares: Shares, targets: Partial<Record<Colour, Target>>): Promise<void> {
    const weights = Object.values(targets).map((target) => `${this.#revision(target)}=${shares[target.colour]}`)
    await this.#az.inGroup(
      'containerapp ingress traffic set',
      '--name',
      this.#settings.app,
      '--revision-weight',
      ...weights,
    )
  }

  async measure(target: Target): Promise<Measure> {
    const { id } = await this.#app()
    // The first whole minute: in the one before, the shares were others.
    const from = new Date(Math.ceil(Date.now() / 60_000) * 60_000).toISOString()
    const asked = (metric: string, aggregation: string, filter: string) =>
      this.#az.anywhere<MetricAnswer>(
        'monitor metrics list',
        ...['--resource', id, '--metric', metric, '--aggregation', aggregation],
        ...['--interval', 'PT1M', '--start-time', from, '--filter', filter],
      )
    const only = `revisionName eq '${this.#revision(target)}'`
    return async () => {
      if (Date.now() < Date.parse(from)) return { calls: 0, failed: 0, tookMs: undefined }
      try {
        const requests = await asked('Requests', 'Total', `${only} and statusCodeCategory eq '*'`)
        const times = await asked('ResponseTime', 'Average', only)
        return figuresIn(requests, times) ?? { calls: 0, failed: 0, tookMs: undefined }
      } catch {
        return undefined
      }
    }
  }

  async stop(target: Target): Promise<undefined> {
    const shown = await this.#shown(target)
    if (!shown?.properties.active) return
    await this.#az.inGroup(
      'containerapp revision deactivate',
      '--name',
      this.#settings.app,
      '--revision',
      this.#revision(target),
    )
  }

  async pending(): Promise<string[]> {
    return ['unknown here: run "migrate status" in the job']
  }
}
