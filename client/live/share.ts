/**
 * One stream for all windows of a browser: over HTTP/1.1 it opens six connections to a host, and the seventh window would wait
 * for ever. One window leads: it holds the stream and passes on what comes. When it leaves or falls silent, another leads from
 * the last entry that it has heard of.
 */
import { v7 as newId } from 'uuid'
import type { Listener, StreamState, Told } from './stream.ts'

export interface Shared extends Listener {
  /** The journal's last entry that this window has heard of, as text. */
  number(): string
  /** Opens the stream; answers what ends it. */
  open(listener: Listener): () => void
}

/** What windows say to each other. Those of two releases may be open at once, so what is here stays as it is. */
type Said =
  | { kind: 'told'; by: string; state: StreamState; news: Told[]; to?: string }
  | { kind: 'asks'; by: string; number: string }
  | { kind: 'leaves'; by: string }

/** In ms. */
const firstWait = 100
const speakEvery = 2_500
/** In ms. A window that prints or asks something with a dialog of the browser's can't speak either. */
const silenceAtMost = 8_000
/** More than that is not kept for windows that come later: they are told to read everything anew. */
const keptAtMost = 500

const spread = (ms: number) => ms * (1 + Math.random())

function channelOf(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name)
  } catch {
    return undefined
  }
}

/** The latest news of the leader, for windows that open later. */
class Kept {
  #since: number
  #news: Told[] = []
  #last: string

  constructor(number: string) {
    this.#since = Number(number)
    this.#last = number
  }

  add(told: Told): void {
    this.#news.push(told)
    this.#last = told.id
    const size = () => this.#news.reduce((sum, { data }) => sum + 1 + data.entries.length, 0)
    while (size() > keptAtMost) this.#since = Number(this.#news.shift()?.id)
  }

  /** A number below that of a `resync` may still be ahead of it: the register was restored. */
  after(number: string): Told[] {
    if (Number(number) >= this.#since)
      return this.#news.filter(({ id, data }) => Number(id) > Number(number) || data.resync)
    return [{ id: this.#last, data: { number: Number(this.#last), resync: true, entries: [] } }]
  }
}

class SharingWindow {
  readonly #id = newId()
  readonly #shared: Shared
  readonly #channel: BroadcastChannel | undefined
  #leader: string | undefined
  #kept: Kept | undefined
  #end: (() => void) | undefined
  #state: StreamState = 'opening'
  #turn: ReturnType<typeof setTimeout> | undefined
  #speaking: ReturnType<typeof setInterval> | undefined

  constructor(name: string, shared: Shared) {
    this.#shared = shared
    this.#channel = channelOf(name)
    if (!this.#channel) {
      this.#lead()
      return
    }
    this.#channel.onmessage = ({ data }: MessageEvent<Said>) => this.#hear(data)
    window.addEventListener('pagehide', this.#farewell)
    this.#ask()
    this.#leadIn(firstWait)
  }

  leave(): void {
    clearTimeout(this.#turn)
    window.removeEventListener('pagehide', this.#farewell)
    this.#follow(undefined)
    this.#farewell()
    this.#channel?.close()
  }

  #say = (said: Said) => this.#channel?.postMessage(said)
  #farewell = () => this.#say({ kind: 'leaves', by: this.#id })
  #ask = () => this.#say({ kind: 'asks', by: this.#id, number: this.#shared.number() })
  #tell = (news: Told[] = [], to?: string) =>
    this.#say({ kind: 'told', by: this.#id, state: this.#state, news, ...(to && { to }) })

  #leadIn(ms: number): void {
    clearTimeout(this.#turn)
    this.#turn = setTimeout(() => this.#lead(), spread(ms))
  }

  #lead(): void {
    clearTimeout(this.#turn)
    this.#leader = this.#id
    this.#note('opening')
    this.#kept = new Kept(this.#shared.number())
    this.#speaking = setInterval(this.#tell, speakEvery)
    this.#end = this.#shared.open({
      news: (told) => {
        this.#kept?.add(told)
        this.#shared.news(told)
        this.#tell([told])
      },
      state: (state) => {
        this.#state = state
        this.#shared.state(state)
        this.#tell()
      },
    })
    this.#tell()
  }

  #note(state: StreamState): void {
    if (state !== this.#state) this.#shared.state(state)
    this.#state = state
  }

  #follow(leader: string | undefined): void {
    this.#leader = leader
    this.#kept = undefined
    clearInterval(this.#speaking)
    this.#end?.()
    this.#end = undefined
  }

  /** A window that asked two leaders, or one twice, gets the same news twice: the second is dropped. A change of flags has no number of its own. */
  #take(told: Told): void {
    const isNumberless = told.data.resync || told.data.flags !== undefined
    if (isNumberless || Number(told.id) > Number(this.#shared.number())) this.#shared.news(told)
  }

  #hear(said: Said): void {
    if (said.kind === 'told') this.#hearLeader(said)
    else if (said.kind === 'asks' && this.#kept) this.#tell(this.#kept.after(said.number), said.by)
    else if (said.kind === 'leaves' && said.by === this.#leader) {
      this.#leader = undefined
      this.#leadIn(firstWait)
    }
  }

  #hearLeader({ by, state, news, to }: Extract<Said, { kind: 'told' }>): void {
    // Of two that lead, the one that came first goes on.
    if (this.#kept && by > this.#id) {
      this.#tell()
      return
    }
    const isNew = this.#leader !== by
    if (isNew) this.#follow(by)
    if (isNew && to !== this.#id) this.#ask()
    this.#leadIn(silenceAtMost)
    this.#note(state)
    if (!to || to === this.#id) for (const told of news) this.#take(told)
  }
}

/** Shares the stream with the other windows that say this name; answers what ends it for this one. */
export function share(name: string, shared: Shared): () => void {
  const own = new SharingWindow(name, shared)
  return () => own.leave()
}
