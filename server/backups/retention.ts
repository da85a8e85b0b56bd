/** Which backups stay: the newest of each of the last 7 days, 4 weeks and 12 months that have one. */
export const retention = { days: 7, weeks: 4, months: 12 } as const

export interface Aged {
  name: string
  createdAt: Date
  isVerified: boolean
}

const dayOf = (at: Date) => at.toISOString().slice(0, 10)
const monthOf = (at: Date) => at.toISOString().slice(0, 7)
const dayMs = 86_400_000
/** Weeks begin on Monday, as in ISO 8601, in UTC. */
const weekOf = (at: Date) => String(Math.floor((Math.floor(at.getTime() / dayMs) + 3) / 7))

function newestOfEach(sorted: readonly Aged[], period: (at: Date) => string, most: number): Aged[] {
  const found = new Map<string, Aged>()
  for (const one of sorted) if (!found.has(period(one.createdAt))) found.set(period(one.createdAt), one)
  return [...found.values()].slice(0, most)
}

/** One that is not verified stands for no day, and goes once a newer one is verified. One of a day to come, which a wrong clock has made, stays. */
export function outdated(all: readonly Aged[], now: Date): string[] {
  const come = all.filter(({ createdAt }) => createdAt.getTime() < now.getTime() + dayMs)
  const sorted = come.toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
  const verified = sorted.filter(({ isVerified }) => isVerified)
  const [newest] = verified
  const kept = new Set([
    ...newestOfEach(verified, dayOf, retention.days),
    ...newestOfEach(verified, weekOf, retention.weeks),
    ...newestOfEach(verified, monthOf, retention.months),
    ...sorted.filter((one) => !one.isVerified && (!newest || one.createdAt > newest.createdAt)),
  ])
  return sorted.filter((one) => !kept.has(one)).map(({ name }) => name)
}
