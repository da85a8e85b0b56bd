/**
 * Load that accounts for every request: nothing is retried silently, and whatever is not a complete 2xx answer has failed.
 * It runs in a process of its own (load-process.ts), so that it competes with no proof for a core's time.
 *
 *     const load = await startLoad({ url, school, people, clients: 20, uploads: 3, downloads: 2, listeners: 4 })
 *     await load.until(({ total }) => total > 20_000)
 *     const report = await load.stop()
 *     const ledger = await compare(site, report)
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { endWithUs } from '../setup/end-with-us.ts'
import type { Seeded, Site } from './site.ts'

export interface LoadOptions extends Seeded {
  /** Where to: a server, or what balances the load between several. */
  url: string
  /** Each holds one keep-alive connection, on which it gets screens and assets, queries and writes. */
  clients?: number
  /** How long a client waits between two requests, in ms: from none to twice this. */
  pauseMs?: number
  /** Which part of the clients' requests writes, from 0 to 1. */
  writes?: number
  /** How many send, on and on, a body that trickles for 1.2 s. */
  uploads?: number
  /** How many read, on and on, a large answer at a slow pace. */
  downloads?: number
  /** How many listen to live.changes, and come back with lastEventId when they are cut. */
  listeners?: number
  /** A write that failed is sent again with its key until it is acknowledged, as our screens do; each failure counts. */
  repeat?: boolean
  /** A request without an answer for so long has failed. */
  timeoutMs?: number
}

/** What a school does all day, small enough for a machine that runs servers, database and load on two cores. */
export const schoolDay = { clients: 12, pauseMs: 25, uploads: 3, downloads: 1, listeners: 5 }

export interface Progress {
  total: number
  failed: number
  acknowledged: number
}
/** Under one key, names that nobody else writes. */
export interface Written {
  key: string
  names: string[]
}
export interface Report extends Progress {
  seconds: number
  /** By kind of request. Times are of answered ones, in ms. */
  kinds: Record<string, { total: number; failed: number; p50: number; p99: number; max: number }>
  /** Why, most frequent first: '503 database.unavailable', 'ECONNRESET', 'truncated', 'timeout'. */
  failures: { kind: string; why: string; count: number; first: string; last: string }[]
  /** How many answers were good and how many were not, in tenths of a second since the epoch. */
  timeline: { tenth: number; ok: number; failed: number }[]
  writes: { acknowledged: Written[]; unsure: Written[] }
  listening: Listening
}
export interface Listening {
  listeners: number
  reconnects: number
  /** Changes told. */
  told: number
  /** Acknowledged writes that a listener was never told of, summed over the listeners. */
  missed: number
  /** Changes told twice to one listener. */
  doubled: number
  /** The server said that the stream has ended, so that a browser would not come back. */
  returns: number
  /** Told that everything may have changed, instead of what has. */
  resyncs: number
}

export interface Load {
  progress(): Progress
  /** Resolves when it holds; looked at four times a second, for at most `patience` ms. */
  until(holds: (progress: Progress) => boolean, patience?: number): Promise<void>
  /** Waits for what is under way, then for the listeners to have heard of everything. */
  stop(): Promise<Report>
}

/** Resolves when the listeners are connected and the first requests go out. */
export async function startLoad(options: LoadOptions): Promise<Load> {
  const how = { execArgv: ['--import', 'tsx'], detached: true }
  const child = endWithUs(fork(join(import.meta.dirname, 'load-process.ts'), how))
  let progress: Progress = { total: 0, failed: 0, acknowledged: 0 }
  const ended = new Promise<never>((_, reject) =>
    child.once('exit', () => reject(new Error('the load has ended before its time'))),
  )
  ended.catch(() => undefined)
  const told = async <T>(kind: string): Promise<T> => {
    for (;;) {
      const [message] = (await Promise.race([once(child, 'message'), ended])) as [{ kind: string; value: T }]
      if (message.kind === kind) return message.value
    }
  }
  child.on('message', ({ kind, value }: { kind: string; value: Progress }) => {
    if (kind === 'progress') progress = value
  })
  child.send(options)
  await told('started')
  return {
    progress: () => progress,
    async until(holds, patience = 600_000) {
      for (const late = performance.now() + patience; !holds(progress); await told('progress'))
        if (performance.now() > late) throw new Error(`the load has come no further than ${JSON.stringify(progress)}`)
    },
    async stop() {
      const report = told<Report>('report')
      child.send('stop')
      const answer = await report
      child.disconnect()
      return answer
    },
  }
}

export interface Ledger {
  /** Acknowledged, and not there. */
  lost: number
  /** There more than once. */
  doubled: number
  /** Written under one key and only partly there. */
  torn: number
  /** There, although the answer was an error or none. */
  unacknowledged: number
  /** What `homeroom journal verify` says. */
  intact: boolean
  /** 'ok', or what SQLite's checks of the file and of its references found. */
  integrity: string
  entries: number
}

/** What was acknowledged compared with what the database holds. Runs in a process that speaks this database. */
export const compare = (site: Site, { writes }: Pick<Report, 'writes'>): Promise<Ledger> =>
  site.program<Ledger>('ledger.ts', [], writes)

/** 'p99' and its like. */
export const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0

/** What went wrong, for a table's cell; empty when nothing did. */
export const failuresOf = ({ failures }: Pick<Report, 'failures'>): string =>
  failures
    .map(
      ({ kind, why, count, first, last }) =>
        `${count}x ${kind} ${why} at ${first.slice(11, 19)} to ${last.slice(11, 19)}`,
    )
    .join(', ')
