/** `yes`: what stands between carries prepared statements. Without it that is found out. */
export type Preparing = 'auto' | 'yes' | 'no'

/** Each list of another length is a text of its own, which rarely comes again. */
const keptFrom = 3
/** A connection that keeps so many is replaced by a new one: each takes about 60 KiB of the server's memory. */
export const keptAtMost = 150
const countedAtMost = 1_000

/** For each type that the driver tells the server, PostgreSQL keeps another statement. */
function keyOf(text: string, parameters: readonly unknown[]): string {
  const kinds = parameters.map((value) => typeof value)
  return kinds.some((kind) => kind === 'boolean' || kind === 'bigint') ? kinds.join() + text : text
}

export class Statements {
  readonly #uses = new Map<string, number>()
  /** False until the server has answered: before, the driver would prepare the text a second time. */
  readonly #kept = new Map<string, boolean>()

  get isFull(): boolean {
    return this.#kept.size >= keptAtMost
  }

  async follow<T>(text: string, parameters: readonly unknown[], send: (isNamed: boolean) => Promise<T>): Promise<T> {
    const key = keyOf(text, parameters)
    const isNew = !this.#kept.has(key) && this.#isWorthIt(key)
    if (!isNew) return send(this.#kept.get(key) ?? false)
    this.#kept.set(key, false)
    try {
      return await send(true)
    } finally {
      this.#kept.set(key, true)
    }
  }

  #isWorthIt(key: string): boolean {
    const uses = (this.#uses.get(key) ?? 0) + 1
    this.#uses.delete(key)
    if (uses >= keptFrom) return !this.isFull
    this.#uses.set(key, uses)
    if (this.#uses.size > countedAtMost) this.#uses.delete(this.#uses.keys().next().value as string)
    return false
  }
}
