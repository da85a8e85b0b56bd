import type { Socket } from 'node:net'
import { createServer } from 'node:net'
import type { Endpoint } from '../runtime/listen.ts'
import { listen } from '../runtime/listen.ts'
import type { Worker } from './worker.ts'

/** Connections beyond this number are closed instead of waiting for a worker. */
const waitingAtMost = 2000

/** A connection waits while there is no worker, so that nobody is refused when a worker is replaced. */
export class Entrance {
  readonly #server = createServer({ pauseOnConnect: true, noDelay: true }, (socket) => this.#arrived(socket))
  readonly #free: Worker[] = []
  readonly #workers = new Set<Worker>()
  readonly #waiting: Socket[] = []
  #passing = 0
  #isIdle: () => void = () => undefined

  listen(endpoint: Endpoint): Promise<number> {
    return listen(this.#server, endpoint)
  }

  add(worker: Worker): void {
    this.#workers.add(worker)
    this.#release(worker)
  }

  remove(worker: Worker): void {
    this.#workers.delete(worker)
    const index = this.#free.indexOf(worker)
    if (index >= 0) this.#free.splice(index, 1)
  }

  /** Resolves once workers have every accepted connection. */
  async close(): Promise<void> {
    this.#server.close()
    if (!this.#workers.size) for (const socket of this.#waiting.splice(0)) socket.destroy()
    if (!this.#waiting.length && !this.#passing) return
    await new Promise<void>((resolve) => {
      this.#isIdle = resolve
    })
  }

  #arrived(socket: Socket): void {
    socket.on('error', () => socket.destroy())
    if (this.#waiting.length >= waitingAtMost) return void socket.destroy()
    this.#waiting.push(socket)
    this.#hand()
  }

  #release(worker: Worker): void {
    if (this.#workers.has(worker)) this.#free.push(worker)
    this.#hand()
  }

  #hand(): void {
    while (this.#free.length && this.#waiting.length) {
      const worker = this.#free.shift() as Worker
      void this.#pass(this.#waiting.shift() as Socket, worker)
    }
  }

  async #pass(socket: Socket, worker: Worker): Promise<void> {
    this.#passing += 1
    const isTaken = await worker.pass(socket)
    this.#passing -= 1
    if (isTaken) socket.destroy()
    else {
      this.remove(worker)
      this.#waiting.unshift(socket)
    }
    this.#release(worker)
    if (!this.#waiting.length && !this.#passing) this.#isIdle()
  }
}
