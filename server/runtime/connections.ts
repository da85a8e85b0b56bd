import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'

interface Answering {
  request: IncomingMessage
  /** Instants are of performance.now(). */
  since: number
}
interface Seen {
  answering: Set<Answering>
  bytesRead: number
  since: number
}

/** A school's browsers open fewer, and a process may open more. */
const connectionsAtMost = 10_000
/** In ms. When there are too many, a connection that was idle for so long is closed. */
const barelyIdle = 1000

/** Node's `closeIdleConnections` closes some whose answer still waits, and none that was opened in advance. */
export class Connections {
  readonly #seen = new Map<Socket, Seen>()
  readonly #atMost: number

  constructor(atMost = connectionsAtMost) {
    this.#atMost = atMost
  }

  watch(server: Server): void {
    server.prependListener('connection', (socket) => {
      if (this.#seen.size >= this.#atMost) this.closeIdle(performance.now() - barelyIdle)
      if (this.#seen.size >= this.#atMost) return void socket.destroy()
      this.#seen.set(socket, { answering: new Set(), bytesRead: 0, since: performance.now() })
      socket.once('close', () => this.#seen.delete(socket))
    })
    server.prependListener('request', (request, response) => {
      const { socket } = request
      const seen = this.#seen.get(socket)
      if (!seen) return
      const answering = { request, since: performance.now() }
      seen.answering.add(answering)
      // This does not come for a request that waits behind another when the connection breaks.
      response.once('close', () => {
        seen.answering.delete(answering)
        seen.bytesRead = socket.bytesRead
        seen.since = performance.now()
      })
    })
  }

  get size(): number {
    return this.#seen.size
  }

  get answering(): Answering[] {
    return [...this.#seen.values()].flatMap(({ answering }) => [...answering])
  }

  closeIdle(moment: number): void {
    for (const [socket, seen] of this.#seen) {
      if (socket.bytesRead !== seen.bytesRead) {
        seen.bytesRead = socket.bytesRead
        seen.since = performance.now()
      }
      if (seen.answering.size || seen.since >= moment) continue
      this.#seen.delete(socket)
      socket.destroy()
    }
  }
}
