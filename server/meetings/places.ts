/** Bookings by what they take and on which day, so that only those are compared that can collide. */
import { grouped } from '../grouped.ts'
import type { Planned } from './held-on.ts'
import { spanOfTimes } from './held-on.ts'
import type { SchoolDays, Times } from './school-days.ts'

interface Placed extends Planned {
  of: string
  classId: string
}

const cycle = 'cycle'
const weekdays = [1, 2, 3, 4, 5, 6, 7]
const placeOf = (of: string, day: number | string | null) => `${of} ${day ?? cycle}`

interface Spanned<B> {
  booking: B
  /** From its earliest to its latest time of any day. */
  span: Times
}
interface Place<B> {
  all: readonly Spanned<B>[]
  /** The latest end of each booking and those before it. */
  latest: readonly string[]
}
export interface Places<B> {
  of: SchoolDays
  byKey: ReadonlyMap<string, Place<B>>
}

function placed<B extends Placed>(of: SchoolDays, bookings: B[]): Place<B> {
  const all = bookings
    .map((booking) => ({ booking, span: spanOfTimes(of, booking) }))
    .toSorted((a, b) => (a.span.startTime < b.span.startTime ? -1 : 1))
  let end = ''
  const latest = all.map(({ span: { endTime } }) => {
    if (endTime > end) end = endTime
    return end
  })
  return { all, latest }
}

export function byPlace<B extends Placed>(of: SchoolDays, bookings: readonly B[]): Places<B> {
  const byKey = grouped(bookings, (booking) => placeOf(booking.of, booking.weekday))
  return { of, byKey: new Map([...byKey].map(([key, all]) => [key, placed(of, all)])) }
}

function countBefore({ all }: Place<Placed>, time: string): number {
  let [low, high] = [0, all.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((all[middle] as Spanned<Placed>).span.startTime < time) low = middle + 1
    else high = middle
  }
  return low
}

/** Other classes' bookings at that time, the latest first. A day of the cycle may be any weekday. */
export function* others<B extends Placed>(places: Places<B>, own: B): Generator<B> {
  const { startTime, endTime } = spanOfTimes(places.of, own)
  for (const day of own.weekday === null ? [cycle, ...weekdays] : [own.weekday, cycle]) {
    const place = places.byKey.get(placeOf(own.of, day))
    if (!place) continue
    for (let n = countBefore(place, endTime) - 1; n >= 0; n--) {
      const { booking, span } = place.all[n] as Spanned<B>
      if ((place.latest[n] ?? '') <= startTime) break
      if (booking.classId !== own.classId && span.endTime > startTime) yield booking
    }
  }
}
