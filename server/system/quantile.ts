import { durationBounds } from '../../db/values.ts'

/**
 * How long the quickest `share` of calls took at most, in ms, from their counts by time: even spread within a bound is
 * assumed, and beyond the last bound nothing is known but that. Null without calls.
 */
export function quantile(counts: readonly number[], share: number): number | null {
  const wanted = counts.reduce((sum, count) => sum + count, 0) * share
  if (!wanted) return null
  let below = 0
  for (const [index, bound] of durationBounds.entries()) {
    const count = counts[index] ?? 0
    const from = durationBounds[index - 1] ?? 0
    if (below + count >= wanted) return from + ((wanted - below) / count) * (bound - from)
    below += count
  }
  return durationBounds.at(-1) ?? null
}
