/** Listens to what changes in a school as the browser does: an event stream that is opened again where it was cut. */
import { noSchool } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { startSession } from '../../server/auth/sessions.ts'
import type { News } from '../../server/live/feed.ts'
import { sessionCookies } from '../../server/runtime/cookie.ts'
import { installationId } from '../../server/runtime/installation.ts'
import type { Person } from '../../server/trpc.ts'
import { db } from './people.ts'

/** Signs the person in as they would be this minute, and answers the cookie. */
export async function signedIn(person: Person, at = new Date()): Promise<{ cookie: string; sessionId: string }> {
  const sessionId = newId()
  const token = await db.transaction(noSchool, (tx) => startSession(tx, sessionId, person.userId, at))
  // As a browser has it, and a server of the release before still reads it.
  const cookies = sessionCookies(token, false, await installationId(db)).map((cookie) => cookie.split(';')[0])
  return { cookie: cookies.join('; '), sessionId }
}

export interface ListenerOptions {
  url: string
  school: string
  cookie: string
  lastEventId?: string | undefined
  headers?: Record<string, string>
}

/** One stream, from its opening until it is cut. */
export class Listener {
  readonly news: News[] = []
  /** Names of the other events: 'connected', 'return', 'serialized-error'. */
  readonly events: string[] = []
  /** Why it was refused. */
  reason: string | undefined
  lastEventId: string | undefined
  /** Runs after each piece of news. */
  onNews: (news: News) => void = () => undefined
  readonly #options: ListenerOptions
  readonly #abort = new AbortController()
  readonly ended: Promise<void>

  constructor(options: ListenerOptions) {
    this.#options = options
    this.lastEventId = options.lastEventId
    this.ended = this.#listen().catch((error) => {
      // A cut connection is what this is for.
      if (!(error instanceof TypeError) && (error as Error).name !== 'AbortError') throw error
    })
  }

  async #listen(): Promise<void> {
    const { url, school, cookie, lastEventId, headers } = this.#options
    const query = new URLSearchParams({ connectionParams: JSON.stringify({ school }) })
    if (lastEventId !== undefined) query.set('input', JSON.stringify({ lastEventId }))
    const answer = await fetch(`${url}/trpc/live.changes?${query}`, {
      headers: { cookie, accept: 'text/event-stream', ...headers },
      signal: this.#abort.signal,
    })
    if (answer.status !== 200 || !answer.body) throw new Error(`the stream answered ${answer.status}`)
    let text = ''
    for await (const part of answer.body.pipeThrough(new TextDecoderStream())) {
      const events = (text + part).split('\n\n')
      text = events.pop() ?? ''
      for (const event of events) this.#take(event.trim())
    }
  }

  #take(event: string): void {
    const fields = new Map(event.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]))
    const data = fields.get('data') ?? ''
    const kind = fields.get('event')
    if (kind) this.events.push(kind)
    if (kind === 'serialized-error') this.reason = JSON.parse(data).message
    if (kind || !data) return
    this.lastEventId = fields.get('id')
    const news = JSON.parse(data) as News
    this.news.push(news)
    this.onNews(news)
  }

  /** Resolves with the first piece of news, told or to come, for which this holds. */
  async until(holds: (news: News) => boolean): Promise<News> {
    for (let read = 0; ; ) {
      const found = this.news.slice(read).find(holds)
      if (found) return found
      read = this.news.length
      await new Promise<void>((resolve, reject) => {
        this.onNews = () => resolve()
        this.ended.then(() => reject(new Error('the stream was cut')), reject)
      })
    }
  }

  /** Cuts it, as a browser that leaves. */
  cut(): Promise<void> {
    this.#abort.abort()
    return this.ended
  }
}
