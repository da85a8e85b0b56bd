import type { Store } from './room.ts'
import { Weighed } from './room.ts'
import { pageRows, ShelfOnDisk } from './shelf-on-disk.ts'
import { SortedKeys } from './sorted-keys.ts'
import { weightOf, weightOfKey } from './weight.ts'

export type Key = string | readonly string[]
const keyText = (key: Key): string => (typeof key === 'string' ? key : key.join('\0'))
const prefixText = (key: Key): string => `${keyText(key)}\0`

/** Values that JSON can hold, by key; nobody may change one. What exceeds the room that memory has for all shelves lies on disk. */
export class Shelf<T> extends Weighed implements Store {
  readonly #near = new Map<string, T>()
  #sorted: SortedKeys | undefined
  #disk: ShelfOnDisk<T> | undefined

  spill(): void {
    this.#disk ??= new ShelfOnDisk<T>(this.room.client, this.table)
    this.#disk.put(this.#near)
    this.#near.clear()
    this.#sorted = undefined
    this.weigh(-this.bytes)
  }

  #put(key: string, value: T): void {
    const before = this.#near.get(key)
    this.#near.set(key, value)
    if (before === undefined) this.#sorted?.add(key)
    this.weigh(weightOf(value) + (before === undefined ? weightOfKey(key) : -weightOf(before)))
  }

  #has(key: string): boolean {
    return this.#near.has(key) || (this.#disk?.has(key) ?? false)
  }

  add(key: Key, value: T): boolean {
    const text = keyText(key)
    if (this.#has(text)) return false
    this.#put(text, value)
    return true
  }

  put(key: Key, value: T): void {
    this.#put(keyText(key), value)
  }

  get(key: Key): Readonly<T> | undefined {
    if (!this.#near.size && !this.#disk) return undefined
    const text = keyText(key)
    return this.#near.get(text) ?? (this.#near.has(text) ? undefined : this.#disk?.get(text))
  }

  has(key: Key): boolean {
    return (this.#near.size > 0 || this.#disk !== undefined) && this.#has(keyText(key))
  }

  delete(key: Key): void {
    const text = keyText(key)
    const before = this.#near.get(text)
    if (this.#near.delete(text)) {
      this.#sorted?.delete(text)
      this.weigh(-weightOf(before) - weightOfKey(text))
    }
    this.#disk?.delete(text)
  }

  get isEmpty(): boolean {
    return this.#near.size === 0 && (this.#disk?.isEmpty ?? true)
  }

  /** May look at all rows: `isEmpty` is what is asked for each row of another shelf. */
  count(): number {
    if (!this.#disk) return this.#near.size
    this.spill()
    return this.#disk.count()
  }

  /** In the order in which the keys came. None may be deleted meanwhile. */
  *entries(): Generator<[string, Readonly<T>]> {
    let last: string | undefined
    if (!this.#disk)
      for (const entry of this.#near) {
        yield entry
        last = entry[0]
        if (this.#disk) break
      }
    if (!this.#disk) return
    this.spill()
    yield* this.#disk.after(last)
  }

  #page(first: string, end: string): [string, T][] {
    this.#sorted ??= new SortedKeys(this.#near.keys())
    const keys = this.#sorted.between(first, end, this.#disk ? 1 : pageRows)
    if (!this.#disk) return keys.map((key) => [key, this.#near.get(key) as T])
    if (keys.length) this.spill()
    return this.#disk.between(first, end, pageRows)
  }

  *under(first: Key): Generator<[string[], Readonly<T>]> {
    if (!this.#near.size && !this.#disk) return
    const prefix = prefixText(first)
    const end = `${prefix.slice(0, -1)}\u0001`
    let last = prefix.slice(0, -1)
    for (;;) {
      const page = this.#page(last, end)
      for (const [key, value] of page) if (key.startsWith(prefix)) yield [key.slice(prefix.length).split('\0'), value]
      const final = page.at(-1)
      if (page.length < pageRows || !final) return
      last = final[0]
    }
  }
}
