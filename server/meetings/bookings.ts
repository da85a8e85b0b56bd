/** A booking is a meeting that takes a room or an instructor for a range of days. */
import type { SQL } from 'drizzle-orm'
import { and, gte, inArray, isNull, lte, or } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { inUse, refersTo } from '../../db/rows.ts'
import { classes, classInstructors, instructors, meetings } from '../../db/schema/index.ts'
import type { DayRange } from '../calendar.ts'
import { shared } from '../calendar.ts'
import { inBatches } from '../journal/bulk.ts'
import type { Held } from './held-on.ts'

export interface Booking extends Held {
  kind: 'room' | 'instructor'
  of: string
  meetingId: string
  classId: string
  roomId: string | null
  reason: string | null
}

const meeting = {
  meetingId: meetings.id,
  classId: meetings.classId,
  weekday: meetings.weekday,
  cycleDay: meetings.cycleDay,
  periodId: meetings.periodId,
  startTime: meetings.startTime,
  endTime: meetings.endTime,
  validFrom: meetings.validFrom,
  validTo: meetings.validTo,
  reason: meetings.overrideReason,
}

const heldAt = { roomId: meetings.roomId, classRoomId: classes.roomId }

const heldIn = ({ beginDate, endDate }: DayRange): SQL | undefined =>
  and(
    beginDate ? or(isNull(meetings.validTo), gte(meetings.validTo, beginDate)) : undefined,
    endDate ? lte(meetings.validFrom, endDate) : undefined,
  )

/** A meeting that names no room is in its class's. A cross join makes SQLite begin on the left. */
async function inRooms(
  db: Reader,
  schoolId: number,
  days: DayRange,
  beginAt: typeof meetings | typeof classes,
  condition: SQL,
): Promise<Booking[]> {
  const rows = await db
    .select({ ...meeting, ...heldAt })
    .from(beginAt)
    .crossJoin(beginAt === meetings ? classes : meetings)
    .where(
      inUse(
        meetings,
        schoolId,
        refersTo(meetings.classId, classes),
        isNull(classes.archivedAt),
        heldIn(days),
        condition,
      ),
    )
  return rows.flatMap(({ roomId, classRoomId, validFrom, validTo, ...row }) => {
    const of = roomId ?? classRoomId
    const booked = shared({ beginDate: validFrom, endDate: validTo }, days)
    return of && booked ? [{ ...row, kind: 'room' as const, of, roomId: of, days: booked }] : []
  })
}

async function byInstructors(
  db: Reader,
  schoolId: number,
  days: DayRange,
  condition: SQL | undefined,
): Promise<Booking[]> {
  const { instructorId, beginDate, endDate } = classInstructors
  const rows = await db
    .select({ ...meeting, ...heldAt, instructorId, assigned: { beginDate, endDate } })
    .from(classInstructors)
    .crossJoin(instructors)
    .crossJoin(classes)
    .crossJoin(meetings)
    .where(
      inUse(
        classInstructors,
        schoolId,
        refersTo(instructorId, instructors),
        refersTo(classInstructors.classId, classes),
        refersTo(meetings.classId, classes),
        isNull(meetings.archivedAt),
        isNull(instructors.archivedAt),
        isNull(classes.archivedAt),
        heldIn(days),
        condition,
      ),
    )
  return rows.flatMap(({ instructorId: of, assigned, roomId, classRoomId, validFrom, validTo, ...row }) => {
    const at = roomId ?? classRoomId
    const booked = shared({ beginDate: validFrom, endDate: validTo }, assigned, days)
    return booked ? [{ ...row, kind: 'instructor' as const, of, roomId: at, days: booked }] : []
  })
}

export interface Wanted {
  rooms?: Iterable<string>
  instructors?: Iterable<string>
}

/** The bookings of these rooms and instructors within the days. Archived classes and instructors have none. */
export async function bookingsOf(db: Reader, schoolId: number, days: DayRange, wanted: Wanted): Promise<Booking[]> {
  const found: Booking[] = []
  for (const ids of inBatches(new Set(wanted.rooms))) {
    const isAsked = new Set(ids)
    const own = await inRooms(db, schoolId, days, meetings, inArray(meetings.roomId, ids))
    const ofClasses = await inRooms(db, schoolId, days, classes, inArray(classes.roomId, ids))
    const known = new Set(own.map(({ meetingId }) => meetingId))
    found.push(...own, ...ofClasses.filter(({ of, meetingId }) => isAsked.has(of) && !known.has(meetingId)))
  }
  for (const ids of inBatches(new Set(wanted.instructors)))
    found.push(...(await byInstructors(db, schoolId, days, inArray(classInstructors.instructorId, ids))))
  return found
}
