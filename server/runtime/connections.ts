import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'

interface Answering {
  request: IncomingMessage
  /** Instants are of performance.now(). */
  since: number
}
interface Activity {
  answering: Set<Answering>
  bytesRead: number
  since: number
}

/** A school's browsers open fewer, and a process may open more. */
export const connectionsAtMost = 10_000
/** In ms. When there are too many, a connection that was idle for so long is closed. */
const barelyIdle = 1000

/** Node's `closeIdleConnections` closes some whose answer still waits, and none that was opened in advance. */
export class Connections {
  readonly #activities = new Map<Socket, Activity>()
  readonly #atMost: number

  constructor(atMost = connectionsAtMost) {
    this.#atMost = atMost
  }

  watch(server: Server): void {
    server.prependListener('connection', (socket) => {
      if (this.#activities.size >= this.#atMost) this.closeIdle(performance.now() - barelyIdle)
      if (this.#activities.size >= this.#atMost) return void socket.destroy()
      this.#activities.set(socket, { answering: new Set(), bytesRead: 0, since: performance.now() })
      socket.once('close', () => this.#activities.delete(socket))
    })
    server.prependListener('request', (request, response) => {
      const { socket } = request
      const activity = this.#activities.get(socket)
      if (!activity) return
      const answering = { request, since: performance.now() }
      activity.answering.add(answering)
      // This does not come for a request that waits behind another when the connection breaks.
      response.once('close', () => {
        activity.answering.delete(answering)
        activity.bytesRead = socket.bytesRead
        activity.since = performance.now()
      })
    })
  }

  get size(): number {
    return this.#activities.size
  }

  get answering(): Answering[] {
    return [...this.#activities.values()].flatMap(({ answering }) => [...answering])
  }

  closeIdle(moment: number): void {
    for (const [socket, activity] of this.#activities) {
      if (socket.bytesRead !== activity.bytesRead) {
        activity.bytesRead = socket.bytesRead
        activity.since = performance.now()
      }
      if (activity.answering.size || activity.since >= moment) continue
      this.#activities.delete(socket)
      socket.destroy()
    }
  }
}
