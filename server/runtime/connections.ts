import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'

/** A request whose answer is not out yet. */
interface Answering {
  request: IncomingMessage
  /** Of performance.now(). */
  since: number
}
interface Seen {
  answering: Set<Answering>
  bytesRead: number
  /** When something last came in or the last answer went out. */
  since: number
}

/** More than a school's browsers open, fewer than a process may. */
const connectionsAtMost = 10_000
/** Where there are too many, one on which nothing has happened for so long makes room. In ms. */
const barelyIdle = 1000

/**
 * A server's connections, and since when each is idle. Node's own `closeIdleConnections` takes one for idle whose answer
 * still waits to be sent, and no connection that was opened in advance.
 */
export class Connections {
  readonly #seen = new Map<Socket, Seen>()
  readonly #atMost: number

  constructor(atMost = connectionsAtMost) {
    this.#atMost = atMost
  }

  /** Before the server's first connection. */
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
      // Does not come for one that waits behind another when the connection breaks: it goes with the connection.
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

  /** What is being answered. */
  get answering(): Answering[] {
    return [...this.#seen.values()].flatMap(({ answering }) => [...answering])
  }

  /** Closes those on which nothing has happened since `moment` and nothing is to be sent. */
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
