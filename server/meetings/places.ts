/** Bookings by what they take and on which day, so that only those are compared that can collide. */
import { grouped } from '../grouped.ts'

interface Placed {
  of: string
  classId: string
  weekday: number | null
  startTime: string
  endTime: string
}

const cycle = 'cycle'
const weekdays = [1, 2, 3, 4, 5, 6, 7]
const placeOf = (of: string, day: number | string | null) => `${of} ${day ?? cycle}`

interface Place<B> {
  /** In the order of their beginnings. */
  all: readonly B[]
  /** The latest end of each booking and those before it. */
  latest: readonly string[]
}
export type Places<B> = ReadonlyMap<string, Place<B>>

function placed<B extends Placed>(bookings: B[]): Place<B> {
  const all = bookings.toSorted((a, b) => (a.startTime < b.startTime ? -1 : 1))
  let end = ''
  const latest = all.map(({ endTime }) => {
    if (endTime > end) end = endTime
    return end
  })
  return { all, latest }
}

export const byPlace = <B extends Placed>(bookings: readonly B[]): Places<B> =>
  new Map([...grouped(bookings, ({ of, weekday }) => placeOf(of, weekday))].map(([key, all]) => [key, placed(all)]))

function countBefore({ all }: Place<Placed>, time: string): number {
  let [low, high] = [0, all.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((all[middle] as Placed).startTime < time) low = middle + 1
    else high = middle
  }
  return low
}

/** Other classes' bookings at that time, the latest first. A day of the cycle may be any weekday. */
export function* others<B extends Placed>(places: Places<B>, own: B): Generator<B> {
  for (const day of own.weekday === null ? [cycle, ...weekdays] : [own.weekday, cycle]) {
    const place = places.get(placeOf(own.of, day))
    if (!place) continue
    for (let n = countBefore(place, own.endTime) - 1; n >= 0; n--) {
      const other = place.all[n] as B
      if ((place.latest[n] ?? '') <= own.startTime) break
      if (other.classId !== own.classId && other.endTime > own.startTime) yield other
    }
  }
}
