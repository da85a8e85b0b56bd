import { durationBounds } from './values.ts'

/** Each is counted once, under the smallest of `durationBounds` that it did not exceed. */
export class Durations {
  /** The last count is of those beyond every bound. */
  readonly counts = new Array<number>(durationBounds.length + 1).fill(0)

  note(ms: number): void {
    let index = 0
    while (index < durationBounds.length && ms > (durationBounds[index] ?? 0)) index++
    this.counts[index] = (this.counts[index] ?? 0) + 1
  }
}
