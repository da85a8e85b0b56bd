/** One stream for all windows of a browser: who holds it, and that no window misses anything when that changes. */
import '../../setup/no-browser.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Listener, StreamState, Told } from '../../../client/live/stream.ts'
import { newId } from '../../../db/kit.ts'

const { share } = await import('../../../client/live/share.ts')

/** What is said arrives in order, at once and as a copy. Node's own takes a time that depends on the load. */
class Channel {
  static readonly all = new Set<Channel>()
  /** It runs no more, as behind a dialog of the browser's: what it hears waits, and it says nothing. */
  isHung = false
  onmessage: (event: { data: unknown }) => void = () => undefined
  readonly #name: string
  #waiting: unknown[] = []

  constructor(name: string) {
    this.#name = name
    Channel.all.add(this)
  }
  postMessage(said: unknown): void {
    if (this.isHung) return
    for (const other of Channel.all)
      if (other !== this && other.#name === this.#name) other.#receive(structuredClone(said))
  }
  #receive(said: unknown): void {
    if (this.isHung) this.#waiting.push(said)
    else queueMicrotask(() => Channel.all.has(this) && this.onmessage({ data: said }))
  }
  goOn(): void {
    this.isHung = false
    for (const said of this.#waiting.splice(0)) this.#receive(said)
  }
  close(): void {
    Channel.all.delete(this)
  }
}
vi.stubGlobal('BroadcastChannel', Channel)

/** The journal of the school that the windows follow; an entry's id is its number. */
let newest = 0
let name = ''
let open: OneWindow[] = []

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  newest = 100
  name = newId()
})
afterEach(() => {
  for (const one of open) one.leave()
  open = []
  vi.useRealTimers()
})

const told = (number: number, more: Partial<Told['data']> = {}): Told => ({
  id: String(number),
  data: { number, resync: false, entries: [{ entity: 'room', id: String(number), operationId: '' }], ...more },
})

/** What the server makes of a stream: all since the number that it was opened with, then what comes. */
class OneWindow {
  readonly states: StreamState[] = []
  readonly heard: string[] = []
  stream: Listener | undefined
  opened = 0
  number: string
  readonly channel: Channel | undefined
  leave: () => void

  constructor(number = newest) {
    this.number = String(number)
    this.leave = share(name, {
      number: () => this.number,
      open: (listener) => this.#listen(listener),
      news: ({ id, data }) => {
        this.number = id
        this.heard.push(data.resync ? 'all' : data.entries.map((entry) => entry.id).join())
      },
      state: (state) => this.states.push(state),
    })
    this.channel = [...Channel.all].at(-1)
    open.push(this)
  }

  #listen(listener: Listener): () => void {
    this.stream = listener
    this.opened += 1
    for (let number = Number(this.number) + 1; number <= newest; number++) listener.news(told(number))
    listener.state('open')
    return () => {
      this.stream = undefined
    }
  }
}

const leaders = () => open.filter(({ stream }) => stream)
function happens(number = newest + 1, more: Partial<Told['data']> = {}): void {
  newest = number
  for (const { stream } of leaders()) stream?.news(told(number, more))
}

/** Until all that was said has been heard. */
const said = () => new Promise((resolve) => setImmediate(resolve))
async function passes(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 50) {
    vi.advanceTimersByTime(50)
    await said()
  }
}
async function windows(count: number): Promise<OneWindow[]> {
  const made = Array.from({ length: count }, () => new OneWindow())
  await passes(500)
  return made
}
test('of eight windows one listens, all hear, and all say that they are connected', async () => {
  const all = await windows(8)
  expect(leaders()).toHaveLength(1)
  happens()
  happens()
  await said()
  for (const { heard, states } of all) {
    expect(heard).toEqual(['101', '102'])
    expect(states.at(-1)).toBe('open')
  }
  for (const state of ['silent', 'open'] as const) {
    leaders()[0]?.stream?.state(state)
    await said()
    for (const one of all) expect(one.states.at(-1)).toBe(state)
  }
})

test('a window that comes later is told what happened since it read the school, and no other is told twice', async () => {
  const [first] = await windows(2)
  happens()
  happens()
  await said()
  const late = new OneWindow(101)
  await passes(500)
  expect(late.heard).toEqual(['102'])
  expect(late.states.at(-1)).toBe('open')
  happens()
  await said()
  expect(late.heard).toEqual(['102', '103'])
  expect(first?.heard).toEqual(['101', '102', '103'])
  expect(leaders()).toHaveLength(1)
})

test('a window that knows less than the leader has heard of reads everything anew', async () => {
  await windows(1)
  happens()
  await said()
  const late = new OneWindow(50)
  await passes(500)
  expect(late.heard).toEqual(['all'])
  happens()
  await said()
  expect(late.heard).toEqual(['all', '102'])
})

test('what is kept for later windows has an end', async () => {
  await windows(1)
  const entries = Array.from(
    { length: 400 },
    (_, index) => ({ entity: 'room', id: `${index}`, operationId: '' }) as const,
  )
  happens(500, { entries: [...entries] })
  happens(900, { entries: [...entries] })
  await said()
  const [far, near] = [new OneWindow(499), new OneWindow(500)]
  await passes(500)
  expect(far.heard).toEqual(['all'])
  expect(near.heard).toEqual([entries.map(({ id }) => id).join()])
})

test('after a restored copy, a window that is ahead of it reads everything anew', async () => {
  await windows(1)
  happens(40, { resync: true, entries: [] })
  await said()
  const ahead = new OneWindow(100)
  await passes(500)
  expect(ahead.heard).toEqual(['all'])
})

test('when the leader leaves, another goes on at once from what it has heard, and nobody misses anything', async () => {
  const all = await windows(3)
  happens()
  await said()
  const [leader] = leaders()
  leader?.leave()
  // While nobody listens.
  happens()
  await passes(500)
  expect(leaders()).toHaveLength(1)
  expect(leaders()[0]).not.toBe(leader)
  happens()
  await said()
  for (const one of all) if (one !== leader) expect(one.heard).toEqual(['101', '102', '103'])
})

test('a page that is unloaded says so, although nothing of it ends in order', async () => {
  await windows(2)
  const [leader] = leaders()
  window.dispatchEvent(new Event('pagehide'))
  if (leader?.channel) leader.channel.isHung = true
  await passes(500)
  expect(leaders().filter((one) => one !== leader)).toHaveLength(1)
})

test('when the leader says nothing more, another takes over, and of the two the first goes on once it is back', async () => {
  const all = await windows(2)
  const [leader] = leaders()
  const other = all.find((one) => one !== leader)
  if (!leader?.channel || !other) throw new Error('nobody leads')
  leader.channel.isHung = true
  await passes(7_900)
  expect(other.stream).toBe(undefined)
  await passes(8_200)
  expect(other.stream).toBeDefined()
  expect(other.states.slice(-2)).toEqual(['opening', 'open'])
  happens()
  leader.channel.goOn()
  await passes(3_000)
  expect(leaders()).toEqual([all[0]])
  happens()
  await said()
  for (const { heard } of all) expect(heard).toEqual(['101', '102'])
})

test('of windows that all take the lead in the same moment, the first goes on', async () => {
  const random = vi.spyOn(Math, 'random').mockReturnValue(0.5)
  const all = await windows(8)
  random.mockRestore()
  expect(all.map(({ opened }) => opened)).toEqual(Array(8).fill(1))
  await passes(3_000)
  expect(leaders()).toEqual([all[0]])
  happens()
  await said()
  for (const { heard } of all) expect(heard).toEqual(['101'])
})

test('two schools, and two people of one browser, have a stream each', async () => {
  await windows(2)
  name = newId()
  await windows(2)
  expect(leaders()).toHaveLength(2)
})

test('where windows can’t speak to each other, each listens by itself', async () => {
  vi.stubGlobal('BroadcastChannel', undefined)
  try {
    const all = Array.from({ length: 3 }, () => new OneWindow())
    expect(leaders()).toHaveLength(3)
    happens()
    for (const { heard } of all) expect(heard).toEqual(['101'])
    all[0]?.leave()
    expect(leaders()).toHaveLength(2)
  } finally {
    vi.stubGlobal('BroadcastChannel', Channel)
  }
})
