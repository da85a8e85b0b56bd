/** Makes the waves that flood.ts describes. Forked by it. Plain sockets: node:http's client costs as much as the server. */
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { v7 } from 'uuid'
import type { FloodOptions, Wave, WaveReport } from './flood.ts'
import { quantile } from './load.ts'
import { writtenMark } from './written-names.ts'

interface Call {
  text: string
  /** Of the room it makes. */
  name?: string
}
type Answered = (status: number, head: string) => void

/** One kept-alive connection: one call at a time. */
class Connection {
  #socket: Socket | undefined
  #answered: Answered | undefined
  #got = ''
  readonly #port: number

  constructor(port: number) {
    this.#port = port
  }

  async open(): Promise<void> {
    const socket = connect(this.#port, '127.0.0.1')
    socket.setEncoding('latin1').setNoDelay(true)
    socket.on('error', () => undefined)
    socket.on('data', (part) => this.#take(part as unknown as string))
    socket.on('close', () => {
      this.#socket = undefined
      this.#done(0, '')
    })
    this.#socket = socket
    await Promise.race([once(socket, 'connect'), once(socket, 'close')])
  }

  async send(text: string, answered: Answered): Promise<void> {
    this.#answered = answered
    this.#got = ''
    if (!this.#socket) await this.open()
    this.#socket?.write(text)
  }

  #take(part: string): void {
    this.#got += part
    const end = this.#got.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = this.#got.slice(0, end).toLowerCase()
    const length = /content-length: (\d+)/.exec(head)?.[1]
    const isWhole = length ? this.#got.length >= end + 4 + Number(length) : this.#got.endsWith('0\r\n\r\n')
    if (isWhole) this.#done(Number(head.slice(9, 12)), head)
  }

  #done(status: number, head: string): void {
    const answered = this.#answered
    this.#answered = undefined
    answered?.(status, head)
  }
}

class FloodMaker {
  readonly #options: FloodOptions
  readonly #url: URL
  readonly #run = Math.random().toString(36).slice(2, 8)
  readonly #idle: Connection[] = []
  #sent = 0

  constructor(options: FloodOptions) {
    this.#options = options
    this.#url = new URL(options.url)
  }

  async open(): Promise<void> {
    const { connections } = this.#options
    for (let n = 0; n < connections; n++) this.#idle.push(new Connection(Number(this.#url.port)))
    for (let n = 0; n < connections; n += 20)
      await Promise.all(this.#idle.slice(n, n + 20).map((connection) => this.#introduce(connection)))
  }

  /** One that has never asked for anything would be closed after a while. */
  async #introduce(connection: Connection): Promise<void> {
    const text = `GET /health/live HTTP/1.1\r\nhost: ${this.#url.host}\r\n\r\n`
    await new Promise<void>((resolve) => void connection.send(text, () => resolve()))
  }

  #call(): Call {
    const n = this.#sent++
    const { people, school } = this.#options
    const kind = n % 20
    const name = kind === 0 ? `${writtenMark}${this.#run} ${n}` : undefined
    const [procedure, input] = name
      ? ['rooms.create', { name }]
      : kind < 8
        ? ['students.count', {}]
        : ['students.list', { search: 'be' }]
    const body = JSON.stringify(input)
    const head = [
      `POST /trpc/${procedure} HTTP/1.1`,
      `host: ${this.#url.host}`,
      `origin: ${this.#url.origin}`,
      `cookie: ${people[n % people.length]?.cookie}`,
      `x-school: ${school}`,
      `idempotency-key: ${v7()}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
    ]
    return { text: `${head.join('\r\n')}\r\n\r\n${body}`, ...(name && { name }) }
  }

  async wave({ perSecond, seconds }: Wave): Promise<WaveReport> {
    const taken: number[] = []
    const report: WaveReport = {
      perSecond: 0,
      heldBack: 0,
      statuses: {},
      p50: 0,
      p99: 0,
      withoutRetryAfter: 0,
      written: [],
      sentAway: [],
    }
    let underWay = 0
    let sent = 0
    const note = ({ name }: Call, began: number, status: number, head: string) => {
      report.statuses[status] = (report.statuses[status] ?? 0) + 1
      if (status === 200) taken.push(performance.now() - began)
      if (status === 503 && !/\nretry-after: [1-9]/.test(head)) report.withoutRetryAfter++
      if (name && status === 200) report.written.push(name)
      if (name && status === 503) report.sentAway.push(name)
    }
    const one = () =>
      new Promise<void>((resolve) => {
        const connection = this.#idle.shift()
        if (!connection) return resolve(void report.heldBack++)
        const call = this.#call()
        const began = performance.now()
        sent++
        underWay++
        void connection.send(call.text, (status, head) => {
          underWay--
          this.#idle.push(connection)
          note(call, began, status, head)
          resolve()
        })
      })
    const began = performance.now()
    const isOver = () => performance.now() - began > seconds * 1000
    if (perSecond === 'closed')
      await Promise.all(
        Array.from({ length: 20 }, async () => {
          while (!isOver()) await one()
        }),
      )
    else
      for (let due = 0; !isOver(); await sleep(2))
        for (const until = ((performance.now() - began) / 1000) * perSecond; due < until; due++) void one()
    report.perSecond = Math.round((sent / (performance.now() - began)) * 1000)
    for (const late = performance.now() + 20_000; underWay && performance.now() < late; ) await sleep(10)
    if (underWay) report.statuses['no answer'] = underWay
    report.p50 = Math.round(quantile(taken, 0.5))
    report.p99 = Math.round(quantile(taken, 0.99))
    return report
  }
}

let maker: FloodMaker | undefined
process.once('disconnect', () => process.exit())
process.on('message', async ({ options, wave }: { options?: FloodOptions; wave?: Wave }) => {
  if (options) {
    maker = new FloodMaker(options)
    await maker.open()
    process.send?.({})
  } else if (wave) process.send?.(await maker?.wave(wave))
})
