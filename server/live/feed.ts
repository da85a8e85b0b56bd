/**
 * A school's journal as it grows, told to all who listen to it in this process. It is read by number four times a second:
 * a notification of the database's own would be lost with a pooler between, and could be missed; a number can't.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../../db/database.ts'
import { audienceOf } from '../audience.ts'
import type { Actor } from '../context.ts'
import { DomainError } from '../errors.ts'
import { newestNumber } from '../journal/newest.ts'
import type { LiveEntry } from './entries.ts'
import { entriesWithOwners } from './entries.ts'
import { actorsOf } from './rights.ts'

/** What a listener hears: the records that changed, or, when it is too much to tell, that everything may have. */
export interface News {
  /** The number of the last entry this tells of. */
  number: number
  resync: boolean
  entries: Pick<LiveEntry, 'entity' | 'id' | 'operationId'>[]
}
/** Who listens, and by which sign-in. */
export interface Hearer {
  userId: string
  sessionId: string
}
interface Listener extends Hearer {
  /** The last entry it was told of, or that was none of its business. */
  number: number
  /** The last entry it knows to have been told of. */
  told: number
  controller: ReadableStreamDefaultController<News>
}

/** In ms. */
const pollEvery = 250
/** How often a session is looked after while nothing happens, in ms. */
const checkEvery = 10_000
/** More new entries than this are one `resync`. */
export const entriesAtMost = 500
/** As many news as a listener may leave unread. */
const unreadAtMost = 100
/** Of one session: a browser shows a few windows, and those behind others don't listen. */
const streamsAtMost = 20
/** Of one person, who can sign in as often as they like. */
const streamsOfPerson = 60

/** The stream breaks instead of ending: whoever listens comes back and goes on where they were. */
const broken = () => new DOMException('the stream was cut', 'AbortError')

class SchoolFeed {
  readonly listeners = new Set<Listener>()
  readonly #db: Database
  readonly #schoolId: number
  #checkedAt = 0

  constructor(db: Database, schoolId: number) {
    this.#db = db
    this.#schoolId = schoolId
  }

  drop(listener: Listener): void {
    if (this.listeners.delete(listener)) listener.controller.error(broken())
  }

  async poll(): Promise<void> {
    const number = await newestNumber(this.#db, this.#schoolId)
    const behind = [...this.listeners].filter((listener) => listener.number !== number)
    if (!behind.length && performance.now() - this.#checkedAt < checkEvery) return
    const actors = await this.#admitted()
    // One that is ahead has heard a journal which a restored copy has replaced.
    const isNear = (listener: Listener) => listener.number < number && number - listener.number <= entriesAtMost
    const near = behind.filter(isNear)
    for (const listener of behind) if (!isNear(listener)) this.#tell(listener, { number, resync: true, entries: [] })
    if (near.length) await this.#tellEntries(near, actors)
  }

  /** Who each session is by now; a listener whose session has ended is dropped. */
  async #admitted(): Promise<Map<string, Actor>> {
    const ids = new Set([...this.listeners].map(({ sessionId }) => sessionId))
    const actors = await actorsOf(this.#db, this.#schoolId, [...ids], new Date())
    this.#checkedAt = performance.now()
    for (const listener of this.listeners)
      if (ids.has(listener.sessionId) && !actors.has(listener.sessionId)) this.drop(listener)
    return actors
  }

  async #tellEntries(listeners: readonly Listener[], actors: ReadonlyMap<string, Actor>): Promise<void> {
    const from = Math.min(...listeners.map(({ number }) => number))
    const entries = await entriesWithOwners(this.#db, this.#schoolId, from, entriesAtMost)
    const number = entries.at(-1)?.number ?? from
    const mayHear = await audienceOf(this.#db, this.#schoolId, entries, actors.values())
    for (const listener of listeners) {
      const actor = actors.get(listener.sessionId)
      if (!actor) continue
      const heard = entries.filter((entry) => entry.number > listener.number && mayHear(actor, entry))
      const told = heard.map(({ entity, id, operationId }) => ({ entity, id, operationId }))
      this.#tell(listener, { number, resync: false, entries: told })
    }
  }

  #tell(listener: Listener, news: News): void {
    listener.number = news.number
    const isWorthIt = news.resync || news.entries.length > 0 || news.number - listener.told > entriesAtMost / 2
    const isSlow = (listener.controller.desiredSize ?? 0) < -unreadAtMost
    if (isSlow) this.drop(listener)
    else if (isWorthIt) {
      listener.told = news.number
      listener.controller.enqueue(news)
    }
  }
}

/** All that is listened to in this process. */
class Feed {
  readonly #db: Database
  readonly #schools = new Map<number, SchoolFeed>()
  #isPolling = false
  #isEnded = false

  constructor(db: Database) {
    this.#db = db
  }

  /**
   * What happens in the school after entry `number`, until `signal`: for the person of this session, as whom they are when
   * it happens. Breaks with an AbortError when the session ends, and when the server stops; `live.too_many` where this
   * session, or this person, listens often already.
   */
  listen(schoolId: number, hearer: Hearer, number: number, signal: AbortSignal): ReadableStream<News> {
    const { userId, sessionId } = hearer
    const feed = this.#schools.get(schoolId) ?? new SchoolFeed(this.#db, schoolId)
    this.#schools.set(schoolId, feed)
    const ofPerson = [...feed.listeners].filter((listener) => listener.userId === userId)
    const ofSession = ofPerson.filter((listener) => listener.sessionId === sessionId)
    if (ofSession.length >= streamsAtMost || ofPerson.length >= streamsOfPerson) throw new DomainError('live.too_many')
    let listener: Listener | undefined
    const leave = () => listener && feed.drop(listener)
    return new ReadableStream<News>({
      start: (controller) => {
        listener = { userId, sessionId, number, told: number, controller }
        feed.listeners.add(listener)
        signal.addEventListener('abort', leave, { once: true })
        if (signal.aborted || this.#isEnded) leave()
        else void this.#poll()
      },
      cancel: leave,
    })
  }

  /** How many listen, in how many schools. */
  get size(): number {
    return [...this.#schools.values()].reduce((sum, { listeners }) => sum + listeners.size, 0)
  }

  async #poll(): Promise<void> {
    if (this.#isPolling) return
    this.#isPolling = true
    while (!this.#isEnded && this.size) {
      // A database that is away is asked again: what was missed meanwhile still has its number.
      for (const feed of this.#schools.values()) if (feed.listeners.size) await feed.poll().catch(() => undefined)
      await sleep(pollEvery)
    }
    this.#isPolling = false
  }

  /** Breaks every stream, and every later one. */
  end(): void {
    this.#isEnded = true
    for (const feed of this.#schools.values()) for (const listener of feed.listeners) feed.drop(listener)
  }
}

const feeds = new WeakMap<Database, Feed>()
/** The feed of this database in this process. */
export function feedOf(db: Database): Feed {
  const feed = feeds.get(db) ?? new Feed(db)
  feeds.set(db, feed)
  return feed
}
