/** What a proof of reliability is: a load, a disturbance, and figures with their limits. `npm run test:reliability` runs them. */

/** A line of the table. */
export interface Row {
  test: string
  load: string
  figure: string
  limit: string
  ok: boolean
}

/** `quick` is a part small enough for every check. */
export type Size = 'quick' | 'whole'

export interface Proof {
  /** As in 'R7'. */
  name: string
  title: string
  /** Runs only when named: it takes tens of minutes. */
  long?: true
  /** Has a quick version. */
  quick?: true
  /** Programs beside Node, installed where that may be done. */
  needs?: readonly ('haproxy' | 'nginx' | 'pgbouncer')[]
  run(size: Size): Promise<Row[]>
}
