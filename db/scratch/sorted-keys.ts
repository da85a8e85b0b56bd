/** Keys in the order in which SQLite has them: by code points, which is not JavaScript's order where there are surrogates. */
type Order = (one: string, other: string) => number

const byUnits: Order = (one, other) => (one < other ? -1 : one > other ? 1 : 0)
const byPoints: Order = (one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))
const surrogates = /[\ud800-\udfff]/
const chunkAtMost = 512

export class SortedKeys {
  #chunks: string[][]
  #order: Order = byUnits

  constructor(keys: Iterable<string>) {
    const all = [...keys]
    if (all.some((key) => surrogates.test(key))) this.#order = byPoints
    this.#chunks = this.#chunked(all)
  }

  #chunked(keys: string[]): string[][] {
    keys.sort(this.#order)
    const chunks: string[][] = []
    for (let from = 0; from < keys.length; from += chunkAtMost / 2)
      chunks.push(keys.slice(from, from + chunkAtMost / 2))
    return chunks.length ? chunks : [[]]
  }

  #first(count: number, isBefore: (index: number) => boolean): number {
    let [low, high] = [0, count]
    while (low < high) {
      const middle = (low + high) >> 1
      if (isBefore(middle)) low = middle + 1
      else high = middle
    }
    return low
  }

  #place(key: string): { chunk: string[]; at: number; index: number } {
    const last = (index: number) => this.#chunks[index]?.at(-1) ?? ''
    const at = this.#first(this.#chunks.length - 1, (index) => this.#order(last(index), key) < 0)
    const chunk = this.#chunks[at] ?? []
    return { chunk, at, index: this.#first(chunk.length, (index) => this.#order(chunk[index] ?? '', key) < 0) }
  }

  add(key: string): void {
    if (this.#order === byUnits && surrogates.test(key)) {
      this.#order = byPoints
      this.#chunks = this.#chunked(this.#chunks.flat())
    }
    const { chunk, at, index } = this.#place(key)
    chunk.splice(index, 0, key)
    if (chunk.length > chunkAtMost) this.#chunks.splice(at + 1, 0, chunk.splice(chunkAtMost / 2))
  }

  delete(key: string): void {
    const { chunk, at, index } = this.#place(key)
    if (chunk[index] !== key) return
    chunk.splice(index, 1)
    if (!chunk.length && this.#chunks.length > 1) this.#chunks.splice(at, 1)
  }

  between(first: string, end: string, most: number): string[] {
    const found: string[] = []
    const place = this.#place(first)
    for (let { at, index } = place; at < this.#chunks.length; at++, index = 0)
      for (const key of (this.#chunks[at] ?? []).slice(index)) {
        if (this.#order(key, end) >= 0 || found.length === most) return found
        if (key !== first) found.push(key)
      }
    return found
  }
}
