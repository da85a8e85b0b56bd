/** What a process serves: the last state of the flags that it could read, and their defaults before the first. */
import { desc, eq, inArray } from 'drizzle-orm'
import type { Database, Reader } from '../../db/database.ts'
import { UnavailableError } from '../../db/errors.ts'
import { prepared } from '../../db/prepared.ts'
import { registerJournal, flags as table } from '../../db/schema/index.ts'
import { isSame } from '../journal/entry.ts'
import { FlagSet } from './flag-set.ts'
import type { Flags, Registry } from './registry.ts'
import { flags } from './registry.ts'
import type { FlagRow, ServedRules } from './rules.ts'
import { servedRules } from './rules.ts'

/** Every change of a flag is an entry of the register's chain: its end is the version of them all. */
const newest = prepared((db, _shape: 'all') =>
  db
    .select({ number: registerJournal.number, hash: registerJournal.hash })
    .from(registerJournal)
    .orderBy(desc(registerJournal.number))
    .limit(1),
)
interface Head {
  number: number
  hash: string
}
const headOf = async (db: Reader): Promise<Head> => (await newest(db, 'all', {}))[0] ?? { number: 0, hash: '' }

/** Undefined where the rows can't be read; a database that is away is asked again. */
async function readable<T>(read: () => PromiseLike<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof UnavailableError) throw error
    return undefined
  }
}

export class FlagStore {
  readonly #db: Database
  readonly #registry: Registry
  readonly #now: () => Date
  #head: Head | undefined
  #forced: Partial<Flags> = {}
  #rules = new Map<string, ServedRules>()
  #set: FlagSet
  #looking: Promise<void> = Promise.resolve()
  readonly #watchers = new Set<(set: FlagSet) => void>()
  broken: readonly string[] = []

  constructor(db: Database, registry: Registry = flags, now: () => Date = () => new Date()) {
    this.#db = db
    this.#registry = registry
    this.#now = now
    this.#set = new FlagSet(registry, new Map(), 0, now())
  }

  get current(): FlagSet {
    return this.#set
  }

  /** What a setting of this process says, whatever the register does. */
  force(forced: Partial<Flags>): void {
    this.#forced = forced
    this.#serve(this.#set.version)
  }

  /** Calls `watcher` with every set that follows the current one; answers what ends that. */
  watch(watcher: (set: FlagSet) => void): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  /** Throws where the flags can't be read: what was read last is served on. */
  look(): Promise<void> {
    const looked = this.#looking.catch(() => undefined).then(() => this.#look())
    this.#looking = looked
    return looked
  }

  async #look(): Promise<void> {
    const head = await headOf(this.#db)
    const isKnown = head.number === this.#head?.number && head.hash === this.#head.hash
    // A row that is broken may be mended by hand, of which the chain tells nothing.
    if (!isKnown || this.broken.length) await this.#read(head)
    else if (this.#now().getTime() >= this.#set.until) this.#serve(head.number)
  }

  /** Rows newer than `head` are read again with the next one. */
  async #read(head: Head): Promise<void> {
    const rules = new Map<string, ServedRules>()
    const broken: string[] = []
    for (const [key, row] of await this.#rows()) {
      const { data, success } = servedRules.safeParse(row)
      const own = success ? data : this.#rules.get(key)
      if (!success) broken.push(key)
      if (own) rules.set(key, own)
    }
    const isNew = head.number !== this.#head?.number || !isSame([...rules], [...this.#rules])
    this.#head = head
    this.#rules = rules
    this.broken = broken
    if (isNew) this.#serve(head.number)
  }

  /** By key, null for a row that can't be read: outside a snapshot, which one statement that fails would end. One that this release does not register is of another release. */
  async #rows(): Promise<Map<string, FlagRow | null>> {
    const keys = Object.keys(this.#registry)
    const rows = await readable(() => this.#db.select().from(table).where(inArray(table.key, keys)))
    if (rows) return new Map(rows.map((row) => [row.key, row]))
    const found = new Map<string, FlagRow | null>()
    for (const key of keys) {
      const own = await readable(() => this.#db.select().from(table).where(eq(table.key, key)))
      if (!own?.length) found.set(key, null)
      else for (const row of own) found.set(key, row)
    }
    return found
  }

  #serve(version: number): void {
    this.#set = new FlagSet(this.#registry, this.#rules, version, this.#now(), this.#forced)
    for (const watcher of this.#watchers) watcher(this.#set)
  }
}

const stores = new WeakMap<Database, FlagStore>()
export function flagsOf(db: Database): FlagStore {
  const store = stores.get(db) ?? new FlagStore(db)
  stores.set(db, store)
  return store
}
