/** The same seed gives the same mutants on every machine. */
export class Random {
  #state: number

  constructor(seed: number, n = 0) {
    this.#state = Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(n + 1, 0x85ebca6b)
  }

  /** Mulberry32. From 0 up to 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  below(count: number): number {
    return Math.floor(this.next() * count)
  }

  isChosen(share: number): boolean {
    return this.next() < share
  }

  pick<T>(from: readonly T[]): T {
    if (!from.length) throw new Error('nothing to pick from')
    return from[this.below(from.length)] as T
  }

  shuffled<T>(list: readonly T[]): T[] {
    return list
      .map((item) => ({ item, order: this.next() }))
      .toSorted((a, b) => a.order - b.order)
      .map(({ item }) => item)
  }
}
