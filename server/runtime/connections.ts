import type { Server } from 'node:http'
import type { Socket } from 'node:net'

interface Seen {
  /** Requests whose answer is not out yet. */
  answering: number
  bytesRead: number
  /** When something last came in or the last answer went out. */
  since: number
}

/**
 * A server's connections, and since when each is idle. Node's own `closeIdleConnections` takes one for idle whose answer
 * still waits to be sent, and no connection that was opened in advance.
 */
export class Connections {
  readonly #seen = new Map<Socket, Seen>()

  /** Before the server's first connection. */
  watch(server: Server): void {
    server.on('connection', (socket) => {
      this.#seen.set(socket, { answering: 0, bytesRead: 0, since: performance.now() })
      socket.once('close', () => this.#seen.delete(socket))
    })
    server.prependListener('request', ({ socket }, response) => {
      const seen = this.#seen.get(socket)
      if (!seen) return
      seen.answering += 1
      response.once('close', () => {
        seen.answering -= 1
        seen.bytesRead = socket.bytesRead
        seen.since = performance.now()
      })
    })
  }

  get size(): number {
    return this.#seen.size
  }

  /** Closes those on which nothing has happened since `moment` and nothing is to be sent. */
  closeIdle(moment: number): void {
    for (const [socket, seen] of this.#seen) {
      if (socket.bytesRead !== seen.bytesRead) {
        seen.bytesRead = socket.bytesRead
        seen.since = performance.now()
      }
      if (!seen.answering && seen.since < moment) socket.destroy()
    }
  }
}
