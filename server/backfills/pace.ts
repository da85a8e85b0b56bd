/** A batch holds the school's lock, and on SQLite the processor too: it is made so large that nobody notices, and others come between. */

/** In ms: so long one batch may keep others waiting. */
const heldAtMost = 25
/** A quarter of the time is ours, and much less where others wait in the same line. */
const idle = 3
const yielding = 10
const pauseAtMostMs = 2_000
const rows = { first: 100, least: 10, most: 2_000 }

export interface Took {
  /** In ms: for the school's lock, behind others; and with it. */
  waited: number
  held: number
}

export class Pace {
  size = rows.first

  /** Answers how long to pause before the next batch, in ms. */
  after({ waited, held }: Took): number {
    const change = Math.min(2, Math.max(0.25, heldAtMost / Math.max(held, 1)))
    this.size = Math.round(Math.min(rows.most, Math.max(rows.least, this.size * change)))
    return Math.min(pauseAtMostMs, idle * held + yielding * waited)
  }
}
