/** The counts of calls in a server's /metrics, which only grow, and what came to them between two readings. */
import type { Figures } from './backend.ts'

export interface Counts {
  calls: number
  failed: number
  /** Calls that took at most so many seconds, by the bound; the last bound is Infinity. */
  within: ReadonlyMap<number, number>
}

const series = 'homeroom_procedure_duration_seconds'
/** The codes of calls that failed by the server's doing (docs/operating.md). */
const faults = ['internal', 'unavailable']
/** They last as long as a page is open. */
const isStream = (labels: Record<string, string>) => labels.type === 'subscription'

function* samplesOf(text: string): Generator<{ name: string; labels: Record<string, string>; value: number }> {
  for (const [, name = '', inner = '', value] of text.matchAll(/^([a-z_]+)\{([^}]*)\} (\S+)/gm)) {
    const labels = Object.fromEntries([...inner.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, said]) => [key, said]))
    yield { name, labels, value: Number(value) }
  }
}

/** Undefined where the text is not the metrics of Homeroom. A server that nobody has asked yet has all zeros. */
export function countsIn(text: string): Counts | undefined {
  if (!text.includes('homeroom_build_info')) return undefined
  const within = new Map<number, number>()
  let [calls, failed] = [0, 0]
  for (const { name, labels, value } of samplesOf(text)) {
    if (!name.startsWith(series) || isStream(labels) || Number.isNaN(value)) continue
    if (name === `${series}_count`) {
      calls += value
      if (faults.includes(labels.code ?? '')) failed += value
    } else if (name === `${series}_bucket`) {
      const bound = labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.le)
      within.set(bound, (within.get(bound) ?? 0) + value)
    }
  }
  return { calls, failed, within }
}

/** As Prometheus computes it: spread evenly between two bounds, and the last bound for all beyond it. In seconds. */
export function quantileOf(within: ReadonlyMap<number, number>, part: number): number | undefined {
  const bounds = [...within].toSorted(([one], [two]) => one - two)
  const wanted = (bounds.at(-1)?.[1] ?? 0) * part
  if (!wanted) return undefined
  let [from, below] = [0, 0]
  for (const [bound, count] of bounds) {
    if (count >= wanted)
      return Number.isFinite(bound) ? from + ((bound - from) * (wanted - below)) / (count - below) : from
    ;[from, below] = [bound, count]
  }
  return from
}

/** A worker that crashed takes its counts along: then what is there now is what came. */
export function figuresBetween(before: Counts, now: Counts): Figures {
  const hasLost = now.calls < before.calls || now.failed < before.failed
  const past = hasLost ? { calls: 0, failed: 0, within: new Map<number, number>() } : before
  const within = new Map([...now.within].map(([bound, count]) => [bound, count - (past.within.get(bound) ?? 0)]))
  const took = quantileOf(within, 0.95)
  return {
    calls: now.calls - past.calls,
    failed: now.failed - past.failed,
    tookMs: took === undefined ? undefined : took * 1000,
  }
}
