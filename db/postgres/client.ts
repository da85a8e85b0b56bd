/** postgres.js on sockets of our own, so that one that has fallen silent can be let go. */
import type { Socket } from 'node:net'
import postgres from 'postgres'
import type { Address, Encryption } from './socket.ts'
import { encryptionOf, failure, openSocket } from './socket.ts'

/** In ms. */
const connectLimit = 5_000

/** The connections of one client, and since when each has said nothing. */
class Sockets {
  readonly #encryption: Encryption
  readonly #heard = new Map<Socket, { bytes: number; at: number }>()
  #ticking: NodeJS.Timeout | undefined
  #opened = 0

  constructor(encryption: Encryption) {
    this.#encryption = encryption
  }

  async open(address: Address): Promise<Socket> {
    const socket = await openSocket(address, this.#opened++, this.#encryption, connectLimit)
    this.#heard.set(socket, { bytes: 0, at: performance.now() })
    socket.on('close', () => this.#forget(socket))
    this.#ticking ??= setInterval(() => this.#listen(), 1_000).unref()
    return socket
  }

  #forget(socket: Socket): void {
    this.#heard.delete(socket)
    if (this.#heard.size) return
    clearInterval(this.#ticking)
    this.#ticking = undefined
  }

  #listen(): void {
    const now = performance.now()
    for (const [socket, heard] of this.#heard) {
      if (socket.bytesRead !== heard.bytes) Object.assign(heard, { bytes: socket.bytesRead, at: now })
    }
  }

  /** Lets go of those that have said nothing for `ms`: what waits for them fails, what is idle is opened again. */
  drop(ms: number): void {
    this.#listen()
    const before = performance.now() - ms
    for (const [socket, { at }] of this.#heard)
      if (at <= before) socket.destroy(failure('ETIMEDOUT', 'the server has fallen silent'))
  }
}

export interface Client {
  sql: postgres.Sql
  /** Lets go of the connections that have said nothing for `ms`, as when a firewall has forgotten them. */
  drop(ms: number): void
  end(): Promise<void>
}

export function clientOf(url: string, max: number): Client {
  const sockets = new Sockets(encryptionOf(url))
  const sql = postgres(url, {
    max,
    // A transaction pooler gives each transaction another server connection: nothing may be prepared on one.
    prepare: false,
    fetch_types: false,
    connect_timeout: connectLimit / 1000,
    // The sockets see to it.
    ssl: false,
    // In seconds; ten unanswered questions a second apart end a connection that was idle.
    keep_alive: 10,
    // Its own goes up to 20 s: a server that is back would be left alone.
    backoff: (failures) => Math.min(failures * 0.05, 0.25),
    onnotice() {},
    connection: { TimeZone: 'UTC', application_name: 'homeroom' },
    socket: (address: Address) => sockets.open(address),
  } as postgres.Options<Record<string, postgres.PostgresType>>)
  return {
    sql,
    drop: (ms) => sockets.drop(ms),
    async end() {
      // Nothing is under way; but where a connection was lost once, postgres.js would wait for its end for good.
      await sql.end({ timeout: 0.5 })
      sockets.drop(0)
    },
  }
}
