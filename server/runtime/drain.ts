/** A draining worker still serves every request, with `Connection: close`. docs/operating.md describes the order. */
import type { Server, ServerResponse } from 'node:http'
import { setTimeout as sleep, setImmediate as turnOfLoop } from 'node:timers/promises'
import { Connections } from './connections.ts'
import type { Log, Sentence } from './logging.ts'
import { described } from './logging.ts'

export interface DrainOptions {
  log: Log
  /** In ms. A client may have sent a request before it learns that the server stops. */
  lingerMs: number
  exit(code: number): void
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export class Drain {
  readonly #options: DrainOptions
  readonly #connections = new Connections()
  readonly #last: (() => Promise<void>)[] = []
  readonly #streams: (() => void)[] = []
  #server: Server | undefined
  #isDraining = false
  #isAway = false
  #isFinishing = false
  #code = 0

  constructor(options: DrainOptions) {
    this.#options = options
  }

  get isDraining(): boolean {
    return this.#isDraining
  }

  /** False when another worker replaces this one, so a load balancer need not notice. */
  get isAway(): boolean {
    return this.#isAway
  }

  watch(server: Server): void {
    this.#server = server
    server.prependListener('request', (_, response) => this.#stamp(response))
    this.#connections.watch(server)
  }

  /** A response may set its own Connection header, so it is replaced when the head is written. */
  #stamp(response: ServerResponse): void {
    const { writeHead } = response
    response.writeHead = (...args: unknown[]) => {
      if (this.#isDraining) {
        const headers = args.at(-1)
        if (isRecord(headers))
          for (const name of Object.keys(headers)) if (/^connection$/i.test(name)) delete headers[name]
        response.setHeader('Connection', 'close')
      }
      return writeHead.apply(response, args as Parameters<typeof writeHead>)
    }
  }

  /** A stream ends only when nobody listens, so draining breaks it. */
  streams(end: () => void): void {
    this.#streams.push(end)
  }

  atLast(work: () => Promise<void>): void {
    this.#last.unshift(work)
  }

  /** `code` is the exit code if nothing is cut after `deadlineMs`; `isAway` if no other worker replaces this one. */
  begin(deadlineMs: number, { code = 0, isAway = false } = {}): void {
    this.#code ||= code
    this.#isAway ||= isAway
    if (this.#isDraining) return
    this.#isDraining = true
    setTimeout(() => this.cut('the deadline has come: the server cuts what is still open'), deadlineMs)
  }

  /** No connection may come after this. */
  finish(): void {
    if (this.#isFinishing) return
    this.#isFinishing = true
    this.#end().catch((error) => {
      this.#options.log.fatal({ error: described(error) }, 'the server could not stop cleanly')
      this.#options.exit(1)
    })
  }

  cut(sentence: Sentence): void {
    this.#options.log.error({ cut: this.#open() }, sentence)
    this.#server?.closeAllConnections()
    this.#options.exit(1)
  }

  async #end(): Promise<void> {
    for (const end of this.#streams) end()
    const { lingerMs } = this.#options
    const begun = performance.now()
    for (; this.#connections.size; await sleep(20)) {
      const moment = performance.now() - lingerMs
      // A process that was held up first reads what came meanwhile.
      await turnOfLoop()
      if (moment > begun) this.#connections.closeIdle(moment)
    }
    for (const work of this.#last) await work()
    this.#options.exit(this.#code)
  }

  #open(): object[] {
    return this.#connections.answering.map(({ request, since }) => ({
      method: request.method,
      path: request.url?.split('?')[0]?.slice(0, 200),
      age_ms: Math.round(performance.now() - since),
    }))
  }
}
