import { isForgotten } from '../errors.ts'
import { Connection } from './connection.ts'
import type { Preparing } from './statements.ts'

export class Pool {
  readonly #url: string
  readonly #limit: number
  readonly #idle: Connection[] = []
  #opened = 0
  #preparing: Preparing

  constructor(url: string, limit: number, preparing: Preparing = 'auto') {
    this.#url = url
    this.#limit = limit
    this.#preparing = preparing
  }

  #take(): Connection {
    for (let next = this.#idle.shift(); next; next = this.#idle.shift()) {
      if (next.isFit) return next
      void next.end()
    }
    return new Connection(this.#url, this.#opened++, this.#limit, this.#preparing)
  }

  async use<T>(work: (connection: Connection) => Promise<T>, isCautious = false): Promise<T> {
    const connection = this.#take()
    connection.isCautious = isCautious
    try {
      return await work(connection)
    } finally {
      // Something stands between that does not show, and that does not carry them.
      if (isForgotten(connection.outdated)) this.#preparing = 'no'
      if (connection.isFit) this.#idle.push(connection)
      else await connection.end()
      if (connection.isSilent) await this.end()
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((connection) => connection.end()))
  }
}
