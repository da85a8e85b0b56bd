/**
 * Stopping without dropping a request.
 *
 * From the signal on every answer carries `Connection: close` and /health/ready answers 503, while everything is still
 * served. After the delay streams are broken and the server stops listening; sockets close when their request is
 * answered, idle ones after a moment in which a request already on its way is still served. What is open at the deadline
 * is cut, and said.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Server as NetServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from './logging.ts'
import { described } from './logging.ts'

export interface DrainOptions {
  log: Log
  delayMs: number
  deadlineMs: number
  /** Ends the process. */
  exit(code: number): void
}

/** An idle connection may carry a request that was sent before its client learned that we stop. In ms. */
const linger = 500
/** Ctrl-C reaches a process twice within moments: from the terminal and through its parent. In ms. */
const echo = 500
/** After a failure nobody foresaw, what is under way gets only this long. In ms. */
const afterFailure = 5000

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export class Drain {
  readonly #options: DrainOptions
  readonly #answering = new Map<ServerResponse, { request: IncomingMessage; since: number }>()
  readonly #sockets = new Set<Socket>()
  readonly #last: (() => Promise<void>)[] = []
  readonly #streams: (() => void)[] = []
  #server: Server | undefined
  #since: number | undefined

  /** Listens to the signals from now on; before there is a server they end the start. */
  constructor(options: DrainOptions) {
    this.#options = options
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => this.#signaled(signal))
    for (const failure of ['uncaughtException', 'unhandledRejection'] as const)
      process.on(failure, (error) => {
        this.#options.log.fatal({ error: described(error) }, failure)
        this.begin(1, Math.min(afterFailure, options.deadlineMs))
      })
  }

  get isDraining(): boolean {
    return this.#since !== undefined
  }

  /** Watches the server's requests. Before it listens. */
  watch(server: Server): void {
    this.#server = server
    server.prependListener('request', (request, response) => {
      this.#answering.set(response, { request, since: performance.now() })
      response.once('close', () => this.#answering.delete(response))
      this.#stamp(response)
    })
    server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
    })
  }

  /** As the head is written, because a response may have set a Connection header of its own. */
  #stamp(response: ServerResponse): void {
    const { writeHead } = response
    response.writeHead = (...args: unknown[]) => {
      if (this.isDraining) {
        const headers = args.at(-1)
        if (isRecord(headers))
          for (const name of Object.keys(headers)) if (/^connection$/i.test(name)) delete headers[name]
        response.setHeader('Connection', 'close')
      }
      return writeHead.apply(response, args as Parameters<typeof writeHead>)
    }
  }

  /** Breaks what would go on for as long as somebody listens, when the server is about to stop listening. */
  streams(end: () => void): void {
    this.#streams.push(end)
  }

  /** To be done when no request is left, latest added first. */
  atLast(work: () => Promise<void>): void {
    this.#last.unshift(work)
  }

  #signaled(signal: string): void {
    if (this.#since === undefined) {
      this.#options.log.info({ signal }, 'stopping')
      this.begin(0, this.#options.deadlineMs)
    } else if (performance.now() - this.#since > echo) {
      this.#options.log.warn({ signal, cut: this.#open() }, 'stopping at once')
      this.#options.exit(1)
    }
  }

  /** Starts to stop, once. `code` is the exit code when nothing had to be cut. */
  begin(code: number, deadlineMs: number): void {
    if (this.isDraining) return
    this.#since = performance.now()
    setTimeout(() => this.#cut(), deadlineMs)
    this.#drain(code).catch((error) => {
      this.#options.log.fatal({ error: described(error) }, 'could not stop cleanly')
      this.#options.exit(1)
    })
  }

  async #drain(code: number): Promise<void> {
    if (this.#server?.listening) await this.#empty(this.#server)
    for (const work of this.#last) await work()
    this.#options.log.info('stopped')
    this.#options.exit(code)
  }

  /** Resolves when nobody is connected any more. */
  async #empty(server: Server): Promise<void> {
    await sleep(this.#options.delayMs)
    for (const end of this.#streams) end()
    // http.Server's own close would destroy idle sockets at once, with requests on their way, and end its timeouts.
    NetServer.prototype.close.call(server)
    for (const patient = performance.now() + linger; this.#sockets.size; await sleep(20))
      if (performance.now() > patient) this.#closeIdle(server)
  }

  #closeIdle(server: Server): void {
    server.closeIdleConnections()
    // Node counts a connection as idle only after its first request; browsers open some in advance.
    for (const socket of this.#sockets) if (!socket.bytesRead) socket.destroy()
  }

  #open(): object[] {
    return [...this.#answering.values()].map(({ request, since }) => ({
      method: request.method,
      path: request.url?.split('?')[0]?.slice(0, 200),
      age_ms: Math.round(performance.now() - since),
    }))
  }

  #cut(): void {
    this.#options.log.error({ cut: this.#open() }, 'the deadline has come: cutting what is still open')
    this.#server?.closeAllConnections()
    this.#options.exit(1)
  }
}
