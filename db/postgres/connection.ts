import type { Socket } from 'node:net'
import postgres from 'postgres'
import { isLostConnection } from '../errors.ts'
import { Scope } from '../scope.ts'
import type { Address } from './socket.ts'
import { failure, openSocket } from './socket.ts'

/** In ms. */
const connectLimit = 5_000
const lifetime = () => (30 + 30 * Math.random()) * 60_000

export interface How {
  /** In ms: a connection that does not answer in time is given up. 0 waits for as long as it takes. */
  limit?: number
  /** Whether a row is an array of its values. */
  arrays?: boolean
}
export interface Client {
  /** A text without parameters may be several statements: it answers their results then, and not rows. */
  send<T = postgres.Row>(text: string, parameters?: readonly unknown[], how?: How): Promise<T[]>
}

/** How far a transaction came; once it commits, a lost connection leaves open whether it did. */
export interface Progress {
  committing: boolean
  /** It was a standby that answered. */
  onStandby?: true
}

const options = {
  max: 1,
  // A transaction pooler gives each transaction another server connection, where nothing of ours is prepared.
  prepare: false,
  fetch_types: false,
  connect_timeout: connectLimit / 1000,
  // postgres.js would close a connection in the middle of a transaction that it has not begun itself.
  idle_timeout: undefined,
  max_lifetime: null,
  // Our sockets encrypt.
  ssl: false,
  // In seconds; ten unanswered questions a second apart end a connection that was idle.
  keep_alive: 10,
  onnotice() {},
  connection: { TimeZone: 'UTC', application_name: 'homeroom' },
  types: { date: { to: 1184, from: [1082, 1114, 1184], parse: String } },
}

/** Whether postgres.js sends it as the same text for every type. */
const isPlain = (value: unknown) => value === null || ['string', 'number', 'bigint', 'boolean'].includes(typeof value)

/** A client of postgres.js that has one connection, and never another. */
export class Connection implements Client {
  readonly #client: postgres.Sql
  readonly #limit: number
  readonly #retires = performance.now() + lifetime()
  /** What gives up waiting, for each statement under way. */
  readonly #waiting = new Set<(error: unknown) => void>()
  #socket: Socket | undefined
  /** How many hosts were asked before one answered. */
  #asked = 0
  #hasAnswered = false
  #lost: unknown
  #failed = false

  /** `turn` chooses the host that is asked first; `limit` holds for each statement that brings none. */
  constructor(url: string, turn = 0, limit = 0) {
    this.#limit = limit
    const socket = (address: Address) => this.#open(address, url, turn)
    this.#client = postgres(url, { ...options, socket } as object)
  }

  /** postgres.js would send what belongs to a lost connection on the next: it gets a second socket only for another host. */
  async #open(address: Address, url: string, turn: number): Promise<Socket> {
    if (this.#lost) throw this.#lost
    try {
      const socket = await openSocket(address, url, turn + this.#asked++, connectLimit)
      const isLast = this.#asked >= address.host.length
      const ended = (error: unknown) => (isLast || this.#hasAnswered) && this.lose(error)
      socket.on('error', ended).on('close', () => ended(failure('ECONNRESET', 'the server has hung up')))
      this.#socket = socket
      if (this.#lost) socket.destroy()
      return socket
    } catch (error) {
      this.lose(error)
      throw error
    }
  }

  /** Lets go of the connection: what waits for an answer fails with `error`, and so does all that comes after. */
  lose(error: unknown): void {
    if (this.#lost) return
    this.#lost = error
    this.#socket?.destroy()
    for (const giveUp of this.#waiting) giveUp(error)
  }

  /** Whether it was lost because the server has fallen silent. */
  get isSilent(): boolean {
    return (this.#lost as { code?: string } | undefined)?.code === 'ETIMEDOUT'
  }

  /** Whether it may be used again: after a query that failed between two rows postgres.js would begin a result with holes. */
  get isFit(): boolean {
    return !this.#lost && !this.#failed && performance.now() < this.#retires
  }

  async send<T = postgres.Row>(
    text: string,
    parameters: readonly unknown[] = [],
    { limit = this.#limit, arrays = false }: How = {},
  ): Promise<T[]> {
    if (this.#lost) throw this.#lost
    const silent = () => this.lose(failure('ETIMEDOUT', 'the server has fallen silent'))
    const late = limit ? setTimeout(silent, limit) : undefined
    try {
      const query = this.#client.unsafe(text, parameters as never)
      // postgres.js would ask the server for the types first, which is a round trip more.
      if (parameters.every(isPlain)) Object.defineProperty(query, 'describeFirst', { get: () => false, set() {} })
      const rows = await this.#answer<unknown>(arrays ? query.values() : query)
      this.#failed = false
      return rows as T[]
    } catch (error) {
      this.#failed = true
      if (isLostConnection(error)) this.lose(error)
      throw error
    } finally {
      clearTimeout(late)
    }
  }

  /** postgres.js leaves some statements of a lost connection without an answer. */
  #answer<T>(query: PromiseLike<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject)
      const answered = () => {
        this.#hasAnswered = true
        this.#waiting.delete(reject)
      }
      query.then(resolve, reject).then(answered)
    })
  }

  /**
   * Runs `work` after the statements of `begin`, commits what it did, and rolls that back when anything fails. Its client
   * refuses statements once one has failed or all is over; `begun` is what `begin` answers, and must be awaited.
   */
  async transaction<T, B>(
    begin: string,
    work: (own: Client, begun: Promise<B[]>) => Promise<T>,
    { limit = this.#limit, progress = { committing: false } }: { limit?: number; progress?: Progress } = {},
  ): Promise<T> {
    const scope = new Scope()
    const send: Client['send'] = (text, parameters, how) => scope.follow(() => this.send(text, parameters, how))
    try {
      const result = await scope.run(() => work({ send }, send<B>(begin, [], { limit })))
      if (this.#lost) throw this.#lost
      progress.committing = true
      await this.send('commit')
      return result
    } catch (error) {
      if (!this.#lost) await this.send('rollback').catch(() => {})
      throw error
    }
  }

  async end(): Promise<void> {
    if (!this.#lost) await this.#client.end({ timeout: 0.5 })
    this.lose(failure('CONNECTION_ENDED', 'the connection has been closed'))
  }
}
