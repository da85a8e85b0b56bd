/** A worker that stands ready for a register that is still on its way: requests wait until that is there. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { getRequestListener } from '@hono/node-server'

type Fetch = Parameters<typeof getRequestListener>[0]
interface App {
  fetch: Fetch
}

const againAfterMs = 50
const patience = 20_000
const soon = 2_000

const tooLate = () => new Response('The register is not here yet', { status: 503, headers: { 'retry-after': '2' } })

export class AwaitedApp implements App {
  readonly #make: () => Promise<App>
  #making: Promise<App> | undefined
  readonly #late: (error: unknown) => void
  readonly #soon: number
  #app: App | undefined

  /** `make` throws as long as the register is not there; `late` hears once why, where that takes longer than `within` ms. */
  constructor(make: () => Promise<App>, late: (error: unknown) => void, within = soon) {
    this.#make = make
    this.#late = late
    this.#soon = within
  }

  begin(): Promise<App> {
    this.#making ??= this.#untilMade()
    return this.#making
  }

  fetch: Fetch = (...request) => this.#app?.fetch(...request) ?? this.#wait(request)

  async #wait(request: Parameters<Fetch>): Promise<Response> {
    const late = new AbortController()
    const patient = sleep(patience, undefined, { ref: false, signal: late.signal }).catch(() => undefined)
    const app = await Promise.race([this.begin(), patient])
    late.abort()
    return app ? ((await app.fetch(...request)) as Response) : tooLate()
  }

  async #untilMade(): Promise<App> {
    const begun = performance.now()
    for (let isSaid = false; ; await sleep(againAfterMs))
      try {
        this.#app = await this.#make()
        return this.#app
      } catch (error) {
        if (!isSaid && performance.now() - begun >= this.#soon) {
          isSaid = true
          this.#late(error)
        }
      }
  }
}
