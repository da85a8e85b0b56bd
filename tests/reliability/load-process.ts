/** Makes the load that load.ts describes. Forked by it. */
import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { v7 } from 'uuid'
import type { Listening, LoadOptions, Written } from './load.ts'
import type { Ask } from './requests.ts'
import { ask, Failed } from './requests.ts'
import { Stream } from './streams.ts'
import { Tally } from './tally.ts'
import { writtenMark } from './written-names.ts'

type Wanted = Omit<Ask, 'timeoutMs'>
/** One connection, kept alive. */
interface Client {
  agent: Agent
  cookie: string
}

/** In ms; and bytes in a ms. */
const trickle = { uploadMs: 1200 }
const sip = { readRate: 5000 }
/** As many as one batch holds: more than the system takes off the server's hands at once. */
const listsInDownload = 20
const namesInUpload = 30
/** A listener is told within a second; on a busy machine, or after a restart, later. In ms. */
const patience = 20_000

class LoadMaker {
  readonly tally = new Tally()
  readonly #options: LoadOptions
  readonly #url: URL
  readonly #run = Math.random().toString(36).slice(2, 8)
  readonly #streams: Stream[]
  readonly #clients: Promise<void>[] = []
  #written = 0
  #asset = '/'
  #isOver = false

  constructor(options: LoadOptions) {
    this.#options = options
    this.#url = new URL(options.url)
    this.#streams = Array.from({ length: options.listeners ?? 0 }, (_, n) => {
      const attempted = (why: string | undefined, tookMs: number) => this.tally.count('listen', tookMs, why)
      return new Stream({ url: this.#url, school: options.school, cookie: this.#cookie(n), attempted })
    })
  }

  #cookie = (n: number) => this.#options.people[n % this.#options.people.length]?.cookie ?? ''

  async start(): Promise<void> {
    const page = await ask(new Agent(), this.#url, { method: 'GET', path: '/', timeoutMs: 30_000 })
    this.#asset = /\/assets\/[^"]+\.js/.exec(page)?.[0] ?? '/'
    for (const stream of this.#streams) void stream.run()
    for (const late = performance.now() + patience; !this.#streams.every(({ hasBegun }) => hasBegun); await sleep(20))
      if (performance.now() > late) throw new Error(`no stream: ${JSON.stringify(this.tally.report().failures)}`)
    const { clients = 16, uploads = 0, downloads = 0, pauseMs = 20 } = this.#options
    this.#goOn(clients, (client) => this.#one(client), pauseMs)
    this.#goOn(uploads, (client) => this.#upload(client))
    this.#goOn(downloads, (client) => this.#download(client), 1000)
  }

  /** `count` clients that do it again and again. */
  #goOn(count: number, work: (client: Client) => Promise<void>, pauseMs = 0): void {
    for (let n = 0; n < count; n++) {
      const client = { agent: new Agent({ keepAlive: true, maxSockets: 1 }), cookie: this.#cookie(n) }
      const run = async () => {
        await sleep(Math.random() * 100)
        for (; !this.#isOver; await sleep(Math.random() * 2 * pauseMs)) await work(client)
        client.agent.destroy()
      }
      this.#clients.push(run())
    }
  }

  /** Whether it was answered well. */
  async #count(kind: string, { agent }: Client, wanted: Wanted): Promise<boolean> {
    const started = performance.now()
    try {
      await ask(agent, this.#url, { ...wanted, timeoutMs: this.#options.timeoutMs ?? 30_000 })
      this.tally.count(kind, performance.now() - started)
      return true
    } catch (error) {
      if (!(error instanceof Failed)) throw error
      this.tally.count(kind, performance.now() - started, error.message)
      return false
    }
  }

  #call(client: Client, procedure: string, input: unknown, key?: string): Wanted {
    const headers = {
      cookie: client.cookie,
      origin: this.#url.origin,
      'content-type': 'application/json',
      'x-school': this.#options.school,
      ...(key && { 'idempotency-key': key }),
    }
    return { method: 'POST', path: `/trpc/${procedure}`, headers, body: JSON.stringify(input) }
  }

  async #one(client: Client): Promise<void> {
    const { writes = 0.3, school } = this.#options
    const chance = Math.random()
    if (chance < writes) {
      const name = this.#name()
      await this.#write('write', client, 'rooms.create', { name }, [name])
    } else if (chance < writes + (1 - writes) * 0.15)
      await this.#count('screen', client, { method: 'GET', path: `/${school}/students` })
    else if (chance < writes + (1 - writes) * 0.25)
      await this.#count('asset', client, { method: 'GET', path: this.#asset, headers: { 'accept-encoding': 'br' } })
    else if (chance < writes + (1 - writes) * 0.6)
      await this.#count('query', client, this.#call(client, 'students.list', { search: 'be' }))
    else await this.#count('query', client, this.#call(client, 'students.count', {}))
  }

  async #upload(client: Client): Promise<void> {
    const names = Array.from({ length: namesInUpload }, () => this.#name())
    await this.#write('upload', client, 'rooms.createMany', { items: names.map((name) => ({ name })) }, names, trickle)
  }

  /** Several large lists in one answer. */
  async #download(client: Client): Promise<void> {
    const calls = Array.from({ length: listsInDownload }, (_, n) => [n, { limit: 1000 }])
    const path = Array(listsInDownload).fill('students.list').join(',')
    await this.#count('download', client, {
      ...this.#call(client, `${path}?batch=1`, Object.fromEntries(calls)),
      ...sip,
    })
  }

  #name = () => `${writtenMark}${this.#run} ${++this.#written}`

  async #write(kind: string, client: Client, procedure: string, input: unknown, names: string[], more = {}) {
    const written: Written = { key: v7(), names }
    this.tally.doubt(written)
    const wanted = { ...this.#call(client, procedure, input, written.key), ...more }
    for (;;) {
      if (await this.#count(kind, client, wanted)) return this.tally.acknowledge(written)
      if (!this.#options.repeat) return
      await sleep(100 + Math.random() * 200)
    }
  }

  /** When all that was acknowledged was heard, or patience is at its end. */
  async stop(): Promise<Listening> {
    this.#isOver = true
    await Promise.all(this.#clients)
    const keys = this.tally.acknowledged.map(({ key }) => key)
    const missed = () => this.#sum(({ heard }) => keys.filter((key) => !heard.has(key)).length)
    for (const late = performance.now() + patience; missed() && performance.now() < late; ) await sleep(100)
    const listening = {
      listeners: this.#streams.length,
      reconnects: this.#sum(({ connects }) => connects - 1),
      told: this.#sum(({ told }) => told),
      missed: missed(),
      doubled: this.#sum(({ doubled }) => doubled),
      returns: this.#sum(({ returns }) => returns),
      resyncs: this.#sum(({ resyncs }) => resyncs),
    }
    for (const stream of this.#streams) stream.end()
    return listening
  }

  #sum = (of: (stream: Stream) => number) => this.#streams.reduce((sum, stream) => sum + of(stream), 0)
}

const say = (kind: string, value: unknown) => process.send?.({ kind, value })
let maker: LoadMaker | undefined
process.once('disconnect', () => process.exit())
process.on('message', async (message: LoadOptions | 'stop') => {
  if (message !== 'stop') {
    maker = new LoadMaker(message)
    await maker.start()
    setInterval(() => say('progress', maker?.tally.progress), 250)
    return say('started', undefined)
  }
  const listening = await maker?.stop()
  say('report', { ...maker?.tally.report(), listening })
})
