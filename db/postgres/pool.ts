import { Connection } from './connection.ts'

/** Keeps the connections that nobody uses, and opens one when there is none. Its users limit how many there are. */
export class Pool {
  readonly #url: string
  readonly #limit: number
  readonly #idle: Connection[] = []
  #opened = 0

  /** `limit` holds for each statement, in ms. */
  constructor(url: string, limit: number) {
    this.#url = url
    this.#limit = limit
  }

  #take(): Connection {
    for (let next = this.#idle.shift(); next; next = this.#idle.shift()) {
      if (next.isFit) return next
      void next.end()
    }
    return new Connection(this.#url, this.#opened++, this.#limit)
  }

  async use<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = this.#take()
    try {
      return await work(connection)
    } finally {
      if (connection.isFit) this.#idle.push(connection)
      else await connection.end()
      // A firewall that has forgotten one connection has forgotten the others, too.
      if (connection.isSilent) await this.end()
    }
  }

  /** Closes those that nobody uses. */
  async end(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((connection) => connection.end()))
  }
}
