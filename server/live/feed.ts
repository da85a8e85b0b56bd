/** The journal is polled by number: a pooler would lose the database's own notifications. What this process writes itself it tells at once. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../../db/database.ts'
import { UnavailableError } from '../../db/errors.ts'
import { audienceOf, seesOnTimetable } from '../audience.ts'
import type { Actor } from '../context.ts'
import { DomainError } from '../errors.ts'
import { flagsOf } from '../flags/store.ts'
import { newestNumber } from '../journal/newest.ts'
import type { LiveEntry } from './entries.ts'
import { entriesWithOwners } from './entries.ts'
import { actorsOf } from './rights.ts'

/** `resync` means that everything may have changed, because there are too many records to name. */
export interface News {
  number: number
  resync: boolean
  entries: Pick<LiveEntry, 'entity' | 'id' | 'operationId'>[]
  /** The version of the flags that this process serves, told once it is another. */
  flags?: number
}
export interface Subscriber {
  userId: string
  sessionId: string
}
interface Listener extends Subscriber {
  /** The listener was notified up to this entry, or the entries since are not for them. */
  number: number
  /** The listener knows of all news up to this entry. */
  notified: number
  controller: ReadableStreamDefaultController<News>
}

const pollEveryMs = 250
/** In ms. An ended session is noticed although nothing happens. */
const checkEvery = 10_000
/** In ms. What fails at every poll is said this often. */
const saidEvery = 60_000
/** More new entries than this are sent as one `resync`. */
export const entriesAtMost = 500
const unreadAtMost = 100
/** One session has few windows, and hidden ones do not listen. */
export const streamsAtMost = 20
/** A person can sign in any number of times. */
export const streamsOfPerson = 60

/** A stream that breaks, instead of ending, makes the browser connect again and continue. */
const broken = () => new DOMException('the stream was cut', 'AbortError')

class SchoolFeed {
  readonly listeners = new Set<Listener>()
  readonly #db: Database
  readonly #schoolId: number
  readonly #failed: (error: unknown) => void
  #checkedAt = 0
  #polling: Promise<void> = Promise.resolve()
  /** A commit of this process has been looked at since the last regular poll, or will be. */
  #isWoken = false
  /** The last regular poll found something: while others write all the time, a poll for each of them would be too many. */
  #isBusy = false

  constructor(db: Database, schoolId: number, failed: (error: unknown) => void) {
    this.#db = db
    this.#schoolId = schoolId
    this.#failed = failed
  }

  drop(listener: Listener): void {
    if (this.listeners.delete(listener)) listener.controller.error(broken())
  }

  tellFlags(flags: number): void {
    for (const listener of this.listeners)
      this.#notify(listener, { number: listener.number, resync: false, entries: [], flags })
  }

  regularly(): Promise<void> {
    this.#isWoken = false
    return this.#inTurn(async () => {
      this.#isBusy = await this.#poll()
    })
  }

  wake(): void {
    if (!this.listeners.size || this.#isWoken || this.#isBusy) return
    this.#isWoken = true
    void this.#inTurn(() => this.#poll())
  }

  /** A poll that is under way may have read the journal before the commit: the next one waits for its end. */
  #inTurn(poll: () => Promise<unknown>): Promise<void> {
    this.#polling = this.#polling.then(poll).then(
      () => undefined,
      (error) => this.#failed(error),
    )
    return this.#polling
  }

  async #poll(): Promise<boolean> {
    const number = await newestNumber(this.#db, this.#schoolId)
    const behind = [...this.listeners].filter((listener) => listener.number !== number)
    if (!behind.length && performance.now() - this.#checkedAt < checkEvery) return false
    await this.#tell(behind, number)
    return behind.length > 0
  }

  async #tell(behind: readonly Listener[], number: number): Promise<void> {
    const actors = await this.#admitted()
    const isNear = (listener: Listener) => listener.number < number && number - listener.number <= entriesAtMost
    const near = behind.filter(isNear)
    for (const listener of behind) if (!isNear(listener)) this.#notify(listener, { number, resync: true, entries: [] })
    if (!near.length) return
    try {
      await this.#notifyOfEntries(near, actors)
    } catch (error) {
      if (error instanceof UnavailableError) throw error
      // Entries that can't be told would hold these listeners up for good.
      this.#failed(error)
      for (const listener of near) this.#notify(listener, { number, resync: true, entries: [] })
    }
  }

  async #admitted(): Promise<Map<string, Actor>> {
    const ids = new Set([...this.listeners].map(({ sessionId }) => sessionId))
    const actors = await actorsOf(this.#db, this.#schoolId, [...ids], new Date())
    this.#checkedAt = performance.now()
    for (const listener of this.listeners)
      if (ids.has(listener.sessionId) && !actors.has(listener.sessionId)) this.drop(listener)
    return actors
  }

  async #notifyOfEntries(listeners: readonly Listener[], actors: ReadonlyMap<string, Actor>): Promise<void> {
    const from = Math.min(...listeners.map(({ number }) => number))
    const entries = await entriesWithOwners(this.#db, this.#schoolId, from, entriesAtMost)
    const number = entries.at(-1)?.number ?? from
    const mayHear = await audienceOf(this.#db, this.#schoolId, entries, actors.values())
    for (const listener of listeners) {
      const actor = actors.get(listener.sessionId)
      if (!actor) continue
      const hears = (entry: LiveEntry) => mayHear(actor, entry) || seesOnTimetable(actor, entry)
      const heard = entries.filter((entry) => entry.number > listener.number && hears(entry))
      const named = heard.map(({ entity, id, operationId }) => ({ entity, id, operationId }))
      this.#notify(listener, { number, resync: false, entries: named })
    }
  }

  #notify(listener: Listener, news: News): void {
    if (!this.listeners.has(listener)) return
    listener.number = news.number
    const isNew = news.resync || news.entries.length > 0 || news.flags !== undefined
    const isWorthIt = isNew || news.number - listener.notified > entriesAtMost / 2
    const isSlow = (listener.controller.desiredSize ?? 0) < -unreadAtMost
    if (isSlow) this.drop(listener)
    else if (isWorthIt) {
      listener.notified = news.number
      listener.controller.enqueue(news)
    }
  }
}

export type Pause = () => Promise<void>

export class Feed {
  readonly #db: Database
  readonly #pause: Pause
  readonly #schools = new Map<number, SchoolFeed>()
  #isPolling = false
  #isEnded = false
  #say: (error: unknown) => void = () => undefined
  #saidAt = Number.NEGATIVE_INFINITY

  constructor(db: Database, pause: Pause = () => sleep(pollEveryMs)) {
    this.#db = db
    this.#pause = pause
    db.commits.watch((schoolId) => this.#schools.get(schoolId)?.wake())
    flagsOf(db).watch(({ version }) => {
      for (const feed of this.#schools.values()) feed.tellFlags(version)
    })
  }

  /** `say` gets what keeps listeners from being told, except that the database is away. */
  onFailure(say: (error: unknown) => void): void {
    this.#say = say
  }

  #failed(error: unknown): void {
    if (error instanceof UnavailableError || performance.now() - this.#saidAt < saidEvery) return
    this.#saidAt = performance.now()
    this.#say(error)
  }

  /** Rights are checked for each entry. An AbortError ends it with the session or the server. Throws `live.too_many`. */
  listen(schoolId: number, subscriber: Subscriber, number: number, signal: AbortSignal): ReadableStream<News> {
    const { userId, sessionId } = subscriber
    const feed = this.#schools.get(schoolId) ?? new SchoolFeed(this.#db, schoolId, (error) => this.#failed(error))
    this.#schools.set(schoolId, feed)
    const ofPerson = [...feed.listeners].filter((listener) => listener.userId === userId)
    const ofSession = ofPerson.filter((listener) => listener.sessionId === sessionId)
    if (ofSession.length >= streamsAtMost || ofPerson.length >= streamsOfPerson) throw new DomainError('live.too_many')
    let listener: Listener | undefined
    const leave = () => listener && feed.drop(listener)
    return new ReadableStream<News>({
      start: (controller) => {
        listener = { userId, sessionId, number, notified: number, controller }
        feed.listeners.add(listener)
        signal.addEventListener('abort', leave, { once: true })
        if (signal.aborted || this.#isEnded) leave()
        else void this.#poll()
      },
      cancel: leave,
    })
  }

  get size(): number {
    return [...this.#schools.values()].reduce((sum, { listeners }) => sum + listeners.size, 0)
  }

  async #poll(): Promise<void> {
    if (this.#isPolling) return
    this.#isPolling = true
    while (!this.#isEnded && this.size) {
      // A database that is away is asked again; entries missed meanwhile keep their numbers.
      for (const feed of this.#schools.values()) if (feed.listeners.size) await feed.regularly()
      await this.#pause()
    }
    this.#isPolling = false
  }

  end(): void {
    this.#isEnded = true
    for (const feed of this.#schools.values()) for (const listener of feed.listeners) feed.drop(listener)
  }
}

const feeds = new WeakMap<Database, Feed>()
export function feedOf(db: Database): Feed {
  const feed = feeds.get(db) ?? new Feed(db)
  feeds.set(db, feed)
  return feed
}
