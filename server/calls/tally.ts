/** What one process counts, and adds to a table now and then. What can't be written is written the next time. */
import type { Database, Transaction } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'

export class Tally<One> {
  readonly #db: Database
  readonly #add: (sum: One, more: One) => void
  #counted = new Map<string, One>()

  constructor(db: Database, add: (sum: One, more: One) => void) {
    this.#db = db
    this.#add = add
  }

  /** The count under this name, to be added to. */
  of(name: string, make: () => One): One {
    const one = this.#counted.get(name) ?? make()
    this.#counted.set(name, one)
    return one
  }

  /** Answers what was written. */
  async write(store: (tx: Transaction, counted: readonly One[]) => Promise<void>): Promise<One[]> {
    // In one order, so that two processes never wait for each other in a circle.
    const taken = [...this.#counted].toSorted(([a], [b]) => (a < b ? -1 : 1))
    if (!taken.length) return []
    this.#counted = new Map()
    const counted = taken.map(([, one]) => one)
    try {
      await this.#db.transaction(noSchool, (tx) => store(tx, counted))
    } catch (error) {
      for (const [name, one] of taken) this.#giveBack(name, one)
      throw error
    }
    return counted
  }

  #giveBack(name: string, one: One): void {
    const since = this.#counted.get(name)
    if (since) this.#add(since, one)
    else this.#counted.set(name, one)
  }
}
