import type { Reader } from '../../db/database.ts'
import { classes, instructors, rooms } from '../../db/schema/index.ts'
import type { DayRange } from '../calendar.ts'
import { grouped } from '../grouped.ts'
import { rowsWith } from '../records/kind.ts'
import type { Booking } from './bookings.ts'
import type { Conflict } from './conflicts.ts'
import { bothHeld } from './held-on.ts'
import { byPlace, others } from './places.ts'
import type { SchoolDays } from './school-days.ts'

/** Two bookings of one room or instructor, by different classes at the same time. */
export interface Collision {
  own: Booking
  other: Booking
  days: DayRange
}

/** Answers what a booking collides with, one after the other; of pairs that are not `asked` nothing. */
export function collider(
  of: SchoolDays,
  bookings: readonly Booking[],
  asked: (own: Booking, other: Booking) => boolean = () => true,
): (own: Booking) => Generator<Collision> {
  const places = byPlace(of, bookings)
  return function* (own) {
    for (const other of others(places, own)) {
      const days = asked(own, other) && bothHeld(of, own, other)
      if (days) yield { own, other, days }
    }
  }
}

export function* first<T>(items: Iterable<T>, count: number, fits: (item: T) => boolean = () => true): Generator<T> {
  let left = count
  for (const item of items) {
    if (!fits(item)) continue
    yield item
    if (--left <= 0) return
  }
}

async function namesOf(db: Reader, schoolId: number, collisions: readonly Collision[]) {
  const taken = (kind: Booking['kind']) => collisions.flatMap(({ other }) => (other.kind === kind ? other.of : []))
  const [inRooms, people, ofClasses] = [
    await rowsWith(db, { table: rooms }, schoolId, 'id', new Set(taken('room'))),
    await rowsWith(db, { table: instructors }, schoolId, 'id', new Set(taken('instructor'))),
    await rowsWith(db, { table: classes }, schoolId, 'id', new Set(collisions.map(({ other }) => other.classId))),
  ]
  const called = people.map(({ id, ...name }) => ({ id, name: `${name.givenName} ${name.familyName}`.trim() }))
  return {
    names: new Map([...inRooms, ...called].map(({ id, name }) => [id, name])),
    classes: new Map(ofClasses.map(({ id, title, code }) => [id, { classTitle: title, classCode: code }])),
  }
}

const earliest = (a: string | null, b: string) => (a && a < b ? a : b)
const latest = (a: string | null, b: string | null) => (a && b ? (a > b ? a : b) : null)

type Named = Awaited<ReturnType<typeof namesOf>>

function conflictOf(all: readonly Collision[], found: Named, from: string): Conflict[] {
  const [{ other }] = all as [Collision]
  const { kind, meetingId, classId, weekday, cycleDay, startTime, endTime } = other
  const ofClass = found.classes.get(classId)
  if (!ofClass) return []
  const names = [...new Set(all.map((one) => found.names.get(one.other.of) ?? ''))]
  const days = all
    .map((one) => one.days)
    .reduce((a, b) => ({
      beginDate: earliest(a.beginDate, b.beginDate ?? from),
      endDate: latest(a.endDate, b.endDate),
    }))
  return [
    {
      ...{ kind, place: 0, meetingId, classId, ...ofClass, weekday, cycleDay, startTime, endTime },
      ...{ roomName: kind === 'room' ? (names[0] ?? null) : null, from: days.beginDate ?? from, to: days.endDate },
      ...{ count: names.length, names, stands: false },
    },
  ]
}

/** Answers how people are told of these: each meeting in the way once for its room and once for its instructors. */
export async function teller(db: Reader, schoolId: number, collisions: readonly Collision[], from: string) {
  const found = await namesOf(db, schoolId, collisions)
  return (some: readonly Collision[]): Conflict[] =>
    [...grouped(some, ({ other }) => `${other.kind} ${other.meetingId}`).values()].flatMap((all) =>
      conflictOf(all, found, from),
    )
}
