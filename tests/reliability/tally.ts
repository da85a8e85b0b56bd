/** What became of every request. */
import type { Progress, Report, Written } from './load.ts'
import { quantile } from './load.ts'

interface Kind {
  total: number
  failed: number
  taken: number[]
}
type Failure = Report['failures'][number]

export class Tally {
  readonly #began = performance.now()
  readonly #kinds = new Map<string, Kind>()
  readonly #failures = new Map<string, Failure>()
  readonly #tenths = new Map<number, { tenth: number; ok: number; failed: number }>()
  readonly #acknowledged: Written[] = []
  readonly #unsure = new Map<string, Written>()

  /** `why` is missing where it was answered well. */
  count(kind: string, tookMs: number, why?: string): void {
    const known = this.#kinds.get(kind) ?? { total: 0, failed: 0, taken: [] }
    this.#kinds.set(kind, known)
    known.total++
    const tenth = Math.floor(Date.now() / 100)
    const bucket = this.#tenths.get(tenth) ?? { tenth, ok: 0, failed: 0 }
    this.#tenths.set(tenth, bucket)
    if (why === undefined) {
      known.taken.push(tookMs)
      bucket.ok++
      return
    }
    known.failed++
    bucket.failed++
    this.#fail(kind, why)
  }

  #fail(kind: string, why: string): void {
    const now = new Date().toISOString()
    const failure = this.#failures.get(`${kind} ${why}`) ?? { kind, why, count: 0, first: now, last: now }
    this.#failures.set(`${kind} ${why}`, failure)
    failure.count++
    failure.last = now
  }

  acknowledge(written: Written): void {
    this.#unsure.delete(written.key)
    this.#acknowledged.push(written)
  }
  /** Perhaps it was written, perhaps not. */
  doubt(written: Written): void {
    this.#unsure.set(written.key, written)
  }

  get acknowledged(): readonly Written[] {
    return this.#acknowledged
  }

  get progress(): Progress {
    const kinds = [...this.#kinds.values()]
    return {
      total: kinds.reduce((sum, { total }) => sum + total, 0),
      failed: kinds.reduce((sum, { failed }) => sum + failed, 0),
      acknowledged: this.#acknowledged.length,
    }
  }

  report(): Omit<Report, 'listening'> {
    const kinds = [...this.#kinds].map(([kind, { total, failed, taken }]) => {
      const [p50, p99, max] = [0.5, 0.99, 1].map((part) => Math.round(quantile(taken, part))) as [
        number,
        number,
        number,
      ]
      return [kind, { total, failed, p50, p99, max }] as const
    })
    return {
      ...this.progress,
      seconds: (performance.now() - this.#began) / 1000,
      kinds: Object.fromEntries(kinds),
      failures: [...this.#failures.values()].toSorted((a, b) => b.count - a.count),
      timeline: [...this.#tenths.values()],
      writes: { acknowledged: this.#acknowledged, unsure: [...this.#unsure.values()] },
    }
  }
}
