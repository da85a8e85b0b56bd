import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import postgres from 'postgres'
import { isLostConnection, isOutdated } from '../errors.ts'
import { Scope } from '../scope.ts'
import type { Address } from './address.ts'
import { addressOf } from './address.ts'
import { failure, openSocket } from './socket.ts'
import type { Preparing } from './statements.ts'
import { Statements } from './statements.ts'

/** In ms: for one server, for trying each of several, and until it is said that none answers. */
const connectLimit = 5_000
const roundLimit = 10_000
export const patience = 12_000
const lifetime = () => (30 + 30 * Math.random()) * 60_000
const introduction = 4
/** In characters. Statistics tell nothing of rows before their transaction ends, so plans made for few rows walk through all, as in checks of foreign keys. */
const fillsFrom = 500_000

export interface How {
  /** A connection that does not answer within so many ms is given up; 0 waits without end. */
  limit?: number
  arrays?: boolean
  once?: boolean
}
export interface Client {
  /** A text without parameters may hold several statements; the answer is then their results, not rows. */
  send<T = postgres.Row>(text: string, parameters?: readonly unknown[], how?: How): Promise<T[]>
}

/** A connection lost after `committing` leaves open whether the work was saved. */
export interface Progress {
  committing: boolean
  onStandby?: true
}

const textOf = (value: unknown): string => {
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const options = {
  max: 1,
  fetch_types: false,
  idle_timeout: undefined,
  max_lifetime: null,
  ssl: false,
  // After so many idle seconds, ten unanswered probes a second apart end the connection.
  keep_alive: 10,
  onnotice() {},
  types: {
    date: { to: 1184, from: [1082, 1114, 1184], parse: String, serialize: textOf },
    json: { to: 114, from: [114, 3802], parse: JSON.parse, serialize: textOf },
    boolean: { to: 16, from: [16], parse: (value: string) => value === 't', serialize: textOf },
  },
}

function optionsOf({ servers, settings, encryption: _, ...who }: Address, limit: number) {
  const connection = { application_name: 'homeroom', ...settings, TimeZone: 'UTC' }
  const [host, port] = [servers.map((server) => server.host), servers.map((server) => server.port)]
  return { ...options, ...who, host, port, connection, connect_timeout: limit / 1000 }
}

const isPlain = (value: unknown) => value === null || ['string', 'number', 'bigint', 'boolean'].includes(typeof value)

/** README, fault 8. */
const describingNothing: PropertyDescriptor = { get: () => false, set() {} }
/** README, fault 13. */
const neverRetried: PropertyDescriptor = {
  get: () => undefined,
  set(this: { cancelled: unknown; reject(error: unknown): void }, error: unknown) {
    this.cancelled = true
    this.reject(error)
  },
}

/** One connection is opened, and never another. README.md lists the fault of postgres.js that each part here answers. */
export class Connection implements Client {
  readonly #client: postgres.Sql
  readonly #limit: number
  readonly #retires = performance.now() + lifetime()
  readonly #waiting = new Set<(error: unknown) => void>()
  #socket: Socket | undefined
  #patience: NodeJS.Timeout | undefined
  #asked = 0
  #hasAnswered = false
  #lost: unknown
  #failed = false
  readonly #statements = new Statements()
  #sent = 0
  #keepsPrepared: boolean | undefined
  outdated: unknown
  isCautious = false

  /** `turn` is the host that is asked first; `limit`, in ms, holds for each statement that brings none. */
  constructor(url: string, turn = 0, limit = 0, preparing: Preparing = 'auto') {
    this.#limit = limit
    this.#keepsPrepared = preparing === 'auto' ? undefined : preparing === 'yes'
    const address = addressOf(url)
    const each = Math.min(connectLimit, roundLimit / address.servers.length)
    const socket = () => this.#open(address, turn, each)
    this.#client = postgres({ ...optionsOf(address, each), socket } as object)
  }

  async #open(address: Address, turn: number, limit: number): Promise<Socket> {
    if (this.#lost) throw this.#lost
    this.#patience ??= setTimeout(() => this.lose(failure('ETIMEDOUT', 'no server answers')), patience)
    try {
      const isOver = () => this.#lost !== undefined
      const socket = await openSocket(address, turn + this.#asked++, { limit, isOver })
      const isLast = this.#asked >= address.servers.length
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

  lose(error: unknown): void {
    if (this.#lost) return
    this.#lost = error
    clearTimeout(this.#patience)
    this.#socket?.destroy()
    for (const giveUp of this.#waiting) giveUp(error)
  }

  get isSilent(): boolean {
    return (this.#lost as { code?: string } | undefined)?.code === 'ETIMEDOUT'
  }

  get isFit(): boolean {
    const isWorn = this.outdated || this.#statements.isFull || performance.now() > this.#retires
    return !this.#lost && !this.#failed && !isWorn
  }

  async send<T = postgres.Row>(
    text: string,
    parameters: readonly unknown[] = [],
    { limit = this.#limit, arrays = false, once = this.isCautious }: How = {},
  ): Promise<T[]> {
    if (this.#lost) throw this.#lost
    const silent = () => this.lose(failure('ETIMEDOUT', 'the server has fallen silent'))
    const late = limit ? setTimeout(silent, limit) : undefined
    try {
      const isTyped = parameters.every(isPlain)
      const ask = (isNamed: boolean) => this.#ask(text, parameters, { arrays, isTyped, isNamed })
      const isKept = isTyped && parameters.length > 0 && !once && this.#keeps()
      const rows = await (isKept ? this.#statements.follow(text, parameters, ask) : ask(false))
      this.#failed = false
      return rows as T[]
    } catch (error) {
      this.#failed = true
      if (isLostConnection(error)) this.lose(error)
      if (isOutdated(error)) this.outdated = error
      throw error
    } finally {
      clearTimeout(late)
    }
  }

  #ask(text: string, parameters: readonly unknown[], how: { arrays: boolean; isTyped: boolean; isNamed: boolean }) {
    const query = this.#client.unsafe(text, parameters as postgres.ParameterOrJSON<never>[], { prepare: how.isNamed })
    if (how.isTyped) Object.defineProperty(query, 'describeFirst', describingNothing)
    if (how.isNamed) Object.defineProperty(query, 'retried', neverRetried)
    return this.#answer<unknown>(how.arrays ? query.values() : query)
  }

  /** False behind a transaction pooler: it gives each transaction another server process, and tells a number of its own as that one's. */
  async isDirect(): Promise<boolean> {
    const { 0: row, state } = await this.#client.unsafe<{ pid: number }[]>('select pg_backend_pid() as pid')
    return row?.pid === state.pid
  }

  #keeps(): boolean {
    if (this.#keepsPrepared === undefined && ++this.#sent === introduction)
      this.isDirect().then(
        (isDirect) => {
          this.#keepsPrepared = isDirect
        },
        () => {
          this.#sent = 0
        },
      )
    return this.#keepsPrepared ?? false
  }

  #answer<T>(query: PromiseLike<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject)
      const answered = () => {
        this.#hasAnswered = true
        clearTimeout(this.#patience)
        this.#waiting.delete(reject)
      }
      query.then(resolve, reject).then(answered)
    })
  }

  /** `text` is a COPY … FROM STDIN, and `parts` what it reads. It is part of the transaction that is open. */
  async copy(text: string, parts: Iterable<Buffer>): Promise<void> {
    if (this.#lost) throw this.#lost
    const sent = (async () => pipeline(Readable.from(parts), await this.#client.unsafe(text).writable()))()
    await this.#answer(sent)
  }

  /** `work` awaits `begun`, the answer to `begin`. One failed statement rolls all back, whatever `work` does about it. */
  async transaction<T, B>(
    begin: string,
    work: (own: Client, begun: Promise<B[]>) => Promise<T>,
    { limit = this.#limit, progress = { committing: false } }: { limit?: number; progress?: Progress } = {},
  ): Promise<T> {
    const scope = new Scope()
    let sent = 0
    const send = <R>(text: string, parameters: readonly unknown[] = [], how?: How): Promise<R[]> =>
      scope.follow(async () => {
        for (const value of parameters) if (typeof value === 'string') sent += value.length
        if (sent < fillsFrom) return this.send<R>(text, parameters, how)
        sent = 0
        const [, rows] = await Promise.all([this.send('discard plans'), this.send<R>(text, parameters, how)])
        return rows
      })
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
