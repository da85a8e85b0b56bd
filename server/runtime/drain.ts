/**
 * Ending a worker without dropping a request.
 *
 * Once told, every answer carries `Connection: close`, while everything is still served. When no connection comes any
 * more, streams are broken; sockets close when their request is answered, idle ones after a moment in which a request
 * already on its way is still served. What is open at the deadline is cut, and said.
 */
import type { Server, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Connections } from './connections.ts'
import type { Log, Sentence } from './logging.ts'
import { described } from './logging.ts'

export interface DrainOptions {
  log: Log
  /** An idle connection may carry a request that was sent before its client learned that we stop. In ms. */
  lingerMs: number
  /** Ends the process. */
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

  /** Whether a load balancer should send nothing more here: not when another worker takes this one's place. */
  get isAway(): boolean {
    return this.#isAway
  }

  /** Watches the server's requests. Before the first. */
  watch(server: Server): void {
    this.#server = server
    server.prependListener('request', (_, response) => this.#stamp(response))
    this.#connections.watch(server)
  }

  /** As the head is written, because a response may have set a Connection header of its own. */
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

  /** Breaks what would go on for as long as somebody listens, when no connection comes any more. */
  streams(end: () => void): void {
    this.#streams.push(end)
  }

  /** To be done when no request is left, latest added first. */
  atLast(work: () => Promise<void>): void {
    this.#last.unshift(work)
  }

  /**
   * Goes on serving, each answer the last of its connection; what is open in `deadlineMs` will be cut. `code` is the exit
   * code when nothing was; `isAway` says that no other worker takes this one's place.
   */
  begin(deadlineMs: number, { code = 0, isAway = false } = {}): void {
    this.#code ||= code
    this.#isAway ||= isAway
    if (this.#isDraining) return
    this.#isDraining = true
    setTimeout(() => this.cut('the deadline has come: cutting what is still open'), deadlineMs)
  }

  /** No connection comes any more: ends the process when those at hand are done. */
  finish(): void {
    if (this.#isFinishing) return
    this.#isFinishing = true
    this.#end().catch((error) => {
      this.#options.log.fatal({ error: described(error) }, 'could not stop cleanly')
      this.#options.exit(1)
    })
  }

  /** Ends the process now, and says what was open. */
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
