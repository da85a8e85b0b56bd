/** When PostgreSQL is worth it. docs/when-to-move.md gives the reasons for each number. */

interface Limit {
  /** From here on the page says to keep an eye on it, and from there on that it is worth moving. */
  watch: number
  worth: number
}
const gibibyte = 1024 ** 3
const minute = 60_000

export const limits = {
  /** In ms: what 95% of a day's writes waited at most for their turn. */
  waiting: { watch: 50, worth: 200 },
  /** In percent of one processor: the busiest minute of the busiest process, once every processor has a process. */
  machine: { watch: 50, worth: 80 },
  /** In bytes. */
  size: { watch: 20 * gibibyte, worth: 100 * gibibyte },
  /** In ms: how long making and checking a backup takes. */
  backup: { watch: 30 * minute, worth: 120 * minute },
} as const satisfies Record<string, Limit>

/** People alone are no reason: whether so many are well served is seen by how long they wait. */
export const manyPeople = 200

/** One bad day is no reason: a limit counts once it was reached on so many of the newest days. */
export const rule = { days: 3, of: 14 } as const
