/** Collisions are marked wherever a meeting shows, however they came about. */
import { inArray } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { inUse } from '../../db/rows.ts'
import { classInstructors } from '../../db/schema/index.ts'
import type { DayRange } from '../calendar.ts'
import type { Context } from '../context.ts'
import { grouped } from '../grouped.ts'
import { inBatches } from '../journal/bulk.ts'
import { bookingsOf } from './bookings.ts'
import type { Collision } from './collisions.ts'
import { collider, first, teller } from './collisions.ts'
import type { Conflict } from './conflicts.ts'
import type { SchoolDays } from './school-days.ts'

/** Nobody reads more at one meeting. */
const shownAtMost = 5

export type Mark = Pick<Conflict, 'kind' | 'classId' | 'classTitle' | 'classCode' | 'names'> & {
  reason: string | null
}

interface Shown {
  id: string
  classId: string
  roomId: string | null
}

async function instructorsIn(db: Reader, schoolId: number, classIds: Iterable<string>): Promise<Set<string>> {
  const found = new Set<string>()
  for (const ids of inBatches(new Set(classIds))) {
    const rows = await db
      .select({ id: classInstructors.instructorId })
      .from(classInstructors)
      .where(inUse(classInstructors, schoolId, inArray(classInstructors.classId, ids)))
    for (const { id } of rows) found.add(id)
  }
  return found
}

function marksOf(collisions: readonly Collision[], tell: (some: readonly Collision[]) => Conflict[]): Mark[] {
  const alike = grouped(collisions, ({ other }) => `${other.kind} ${other.classId}`)
  return [...alike.values()].flatMap((all) => {
    const [{ own, other }] = all as [Collision]
    return tell(all)
      .slice(0, 1)
      .map(({ kind, classId, classTitle, classCode, names }) => ({
        ...{ kind, classId, classTitle, classCode, names },
        reason: own.reason ?? other.reason,
      }))
  })
}

/** By meeting; `roomId` is where it is held. Instructors are told of their own classes only: `visible`. */
export async function readMarks(
  db: Reader,
  { school }: Context,
  of: SchoolDays,
  days: { beginDate: string; endDate: string | null },
  shown: readonly Shown[],
  visible: ReadonlySet<string> | null = null,
): Promise<Map<string, Mark[]>> {
  const instructors = await instructorsIn(
    db,
    school.id,
    shown.map(({ classId }) => classId),
  )
  const rooms = shown.flatMap(({ roomId }) => roomId ?? [])
  const bookings = await bookingsOf(db, school.id, days satisfies DayRange, { rooms, instructors })
  const ids = new Set(shown.map(({ id }) => id))
  const collisionsOf = collider(of, visible ? bookings.filter(({ classId }) => visible.has(classId)) : bookings)
  const own = bookings.filter(({ meetingId }) => ids.has(meetingId))
  const collisions = own.flatMap((booking) => [...first(collisionsOf(booking), shownAtMost)])
  const tell = await teller(db, school.id, collisions, days.beginDate)
  const byMeeting = grouped(collisions, (collision) => collision.own.meetingId)
  return new Map([...byMeeting].map(([id, all]) => [id, marksOf(all, tell)]))
}
