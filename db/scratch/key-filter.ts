/** Says of most keys that were never added that they were not, without a look at the disk. A Bloom filter of two hashes, 512 KiB. */
const bits = 2 ** 22

export class KeyFilter {
  readonly #words = new Uint32Array(bits / 32)

  #places(key: string): [number, number] {
    let one = 0x811c9dc5
    let other = key.length
    for (let at = 0; at < key.length; at++) {
      const unit = key.charCodeAt(at)
      one = Math.imul(one ^ unit, 0x01000193)
      other = Math.imul(other + unit, 0x9e3779b1) ^ (other >>> 15)
    }
    return [(one ^ (one >>> 16)) & (bits - 1), (other ^ (other >>> 13)) & (bits - 1)]
  }

  add(key: string): void {
    for (const place of this.#places(key))
      this.#words[place >>> 5] = (this.#words[place >>> 5] ?? 0) | (1 << (place & 31))
  }

  /** False is certain. */
  mayHave(key: string): boolean {
    return this.#places(key).every((place) => ((this.#words[place >>> 5] ?? 0) & (1 << (place & 31))) !== 0)
  }
}
