interface Dated {
  weekday: number | null
  /** The first and the last day; null for no end. */
  from: string
  to: string | null
}
export interface CollisionLine<C> {
  key: string
  collision: C
  weekdays: number[]
  from: string
  to: string | null
}

/** Collisions that have the same key, on whatever weekdays, as one line with the first and the last day of them all. */
export function collisionLines<C extends Dated>(collisions: readonly C[], keyOf: (one: C) => unknown) {
  const lines = new Map<string, CollisionLine<C>>()
  for (const collision of collisions) {
    const { from, to } = collision
    const key = JSON.stringify(keyOf(collision))
    const line = lines.get(key) ?? { key, collision, weekdays: [], from, to }
    if (collision.weekday !== null) line.weekdays.push(collision.weekday)
    if (from < line.from) line.from = from
    if (!to || (line.to && to > line.to)) line.to = to
    lines.set(key, line)
  }
  return [...lines.values()]
}
