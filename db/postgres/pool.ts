import { Connection } from './connection.ts'

/** The users of a pool limit how many connections there are. */
export class Pool {
  readonly #url: string
  readonly #limit: number
  readonly #idle: Connection[] = []
  #opened = 0

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
      if (connection.isSilent) await this.end()
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((connection) => connection.end()))
  }
}
