import { durationBounds } from '../../db/values.ts'

/** In ms; null without calls. Calls within a bound count as evenly spread, those beyond the last bound as that. */
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
