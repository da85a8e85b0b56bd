/** A browser's EventSource on live.changes: comes back with the last number it heard when it is cut. */
import { once } from 'node:events'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { News } from '../../server/live/feed.ts'
import { Failed } from './requests.ts'

export interface StreamOptions {
  url: URL
  school: string
  cookie: string
  /** How an attempt to connect ended: undefined when it was answered with a stream. */
  attempted(why: string | undefined, tookMs: number): void
}

/** A browser waits about three seconds; less makes more connections. In ms. */
const backAfter = 250

export class Stream {
  /** Keys of the operations it was told of. */
  readonly heard = new Set<string>()
  readonly #changes = new Set<string>()
  connects = 0
  doubled = 0
  returns = 0
  resyncs = 0
  #last: string | undefined
  #isOver = false
  #asked: ClientRequest | undefined
  readonly #options: StreamOptions

  constructor(options: StreamOptions) {
    this.#options = options
  }

  get told(): number {
    return this.#changes.size
  }
  /** Whether it has heard its first number, so that from now on it can miss nothing. */
  get hasBegun(): boolean {
    return this.#last !== undefined
  }

  async run(): Promise<void> {
    while (!this.#isOver) {
      await this.#listen().catch(() => undefined)
      if (!this.#isOver) await sleep(backAfter * (0.5 + Math.random()))
    }
  }

  end(): void {
    this.#isOver = true
    this.#asked?.destroy()
  }

  async #connected(): Promise<IncomingMessage> {
    const { url, school, cookie } = this.#options
    const query = new URLSearchParams({ connectionParams: JSON.stringify({ school }) })
    if (this.#last !== undefined) query.set('input', JSON.stringify({ lastEventId: this.#last }))
    const headers = { cookie, accept: 'text/event-stream' }
    this.#asked = get(`${url.origin}/trpc/live.changes?${query}`, { agent: false, headers, timeout: 60_000 })
    this.#asked.on('timeout', () => this.#asked?.destroy(new Error('timeout'))).on('error', () => undefined)
    const [answer] = (await once(this.#asked, 'response')) as [IncomingMessage]
    if (answer.statusCode === 200) return answer
    answer.resume()
    throw new Failed(String(answer.statusCode))
  }

  async #listen(): Promise<void> {
    const started = performance.now()
    const tried = (why?: string) => this.#isOver || this.#options.attempted(why, performance.now() - started)
    const answer = await this.#connected().catch((error) => {
      tried(error instanceof Failed ? error.message : (error.code ?? error.message))
      throw error
    })
    tried()
    this.connects++
    let text = ''
    for await (const part of answer.setEncoding('utf8') as AsyncIterable<string>) {
      const events = (text + part).split('\n\n')
      text = events.pop() ?? ''
      for (const event of events) this.#take(event.trim())
    }
  }

  #take(event: string): void {
    const fields = new Map(event.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]))
    if (fields.get('event') === 'return') this.returns++
    const data = fields.get('data')
    if (fields.has('event') || !data) return
    this.#last = fields.get('id')
    const { entries, resync } = JSON.parse(data) as News
    this.resyncs += Number(resync)
    for (const { operationId, id } of entries) this.#hear(operationId, id)
  }

  #hear(operationId: string, id: string): void {
    const change = `${operationId} ${id}`
    if (this.#changes.has(change)) this.doubled++
    this.#changes.add(change)
    this.heard.add(operationId)
  }
}
