/** The master timetable: who teaches what, when and where, in the whole school. It names no student. */
import { and, asc, exists, gte, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import { inUse, refersTo } from '../../db/rows.ts'
import { classes, classInstructors, instructors, rooms } from '../../db/schema/index.ts'
import { covers, daysFrom, today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { grouped } from '../grouped.ts'
import { inBatches } from '../journal/bulk.ts'
import { idsOf } from '../records/kind.ts'
import { inOrder } from '../records/read.ts'
import { runsOnDay } from '../runs-in-term.ts'
import { weekOf } from '../schools/read.ts'
import { bookingsOf } from './bookings.ts'
import type { HeldOn } from './held-on.ts'
import { heldOn, isDatedOn } from './held-on.ts'
import type { MasterInput } from './input.ts'
import type { DayMeeting } from './on-day.ts'
import { meetingsOn } from './on-day.ts'
import { ownClasses } from './own-classes.ts'
import { roomNames } from './read.ts'
import type { SchoolDays } from './school-days.ts'
import { readSchoolDays } from './school-days.ts'
import { called, teachersOf } from './teachers.ts'
import { unplacedOn } from './unplaced.ts'

interface Line {
  id: string
  name: string
  seats: number | null
}
interface Days {
  beginDate: string
  endDate: string
}
type Shown = Pick<DayMeeting, 'id' | 'classId' | 'roomId' | 'periodId' | 'weekday' | 'reason'>

const daysOf = ({ school }: Pick<Context, 'school'>, { day, span }: MasterInput): Days =>
  span === 'week' ? weekOf(school, day) : { beginDate: day, endDate: day }

/** One more than a page tells whether there is a next one. */
const paged = <T>(rows: readonly T[], { cursor, limit }: MasterInput) => ({
  page: rows.slice(0, limit),
  next: rows.length > limit ? (cursor ?? 0) + limit : null,
})
const pageOf = <T>(rows: readonly T[], { cursor, limit }: MasterInput) =>
  rows.slice(cursor ?? 0, (cursor ?? 0) + limit + 1)

/** All rooms, those without a class too: they are free. */
async function roomLines({ db, school }: Context, input: MasterInput): Promise<Line[]> {
  const all = await db
    .select({ id: rooms.id, name: rooms.name, seats: rooms.seats })
    .from(rooms)
    .where(inUse(rooms, school.id))
  return pageOf(
    inOrder(all, ({ name }) => name),
    input,
  )
}

async function instructorLines(ctx: Context, input: MasterInput): Promise<Line[]> {
  const { db, school } = ctx
  const { beginDate, endDate } = daysOf(ctx, input)
  const assigned = db
    .select({ one: sql`1` })
    .from(classInstructors)
    .where(
      inUse(
        classInstructors,
        instructors.schoolId,
        refersTo(classInstructors.instructorId, instructors),
        or(isNull(classInstructors.beginDate), lte(classInstructors.beginDate, endDate)),
        or(isNull(classInstructors.endDate), gte(classInstructors.endDate, beginDate)),
      ),
    )
  const rows = await db
    .select({ id: instructors.id, givenName: instructors.givenName, familyName: instructors.familyName })
    .from(instructors)
    .where(inUse(instructors, school.id, exists(assigned)))
    .orderBy(asc(instructors.sortName), asc(instructors.id))
    .limit(input.limit + 1)
    .offset(input.cursor ?? 0)
  return rows.map(({ id, ...name }) => ({ id, name: called(name), seats: null }))
}

const classNames = (db: Reader, schoolId: number, ids: string[]) =>
  db
    .select({ id: classes.id, title: classes.title, code: classes.code })
    .from(classes)
    .where(and(inUse(classes, schoolId), inArray(classes.id, ids)))

/** Instructors open the pages of their own classes only. */
async function teller(ctx: Context, held: readonly HeldOn<Shown>[]) {
  const { db, school } = ctx
  const classIds = new Set(held.map(({ meeting }) => meeting.classId))
  const known = new Map<string, { title: string; code: string | null }>()
  for (const ids of inBatches(classIds))
    for (const { id, ...names } of await classNames(db, school.id, ids)) known.set(id, names)
  const teachers = grouped(await teachersOf(db, school.id, classIds), ({ classId }) => classId)
  const inRooms = await roomNames(
    db,
    school.id,
    held.map(({ meeting }) => meeting),
  )
  const own = await ownClasses(db, ctx)
  return ({ meeting: { id, classId, roomId, periodId, reason }, date, startTime, endTime }: HeldOn<Shown>) => ({
    ...{ id, classId, date, startTime, endTime, periodId },
    /** Whoever may not open the class reads that it is held anyway, and not why. */
    reason: reason && (!own || own.has(classId)) ? reason : null,
    isHeldAnyway: reason !== null,
    title: known.get(classId)?.title ?? '',
    code: known.get(classId)?.code ?? null,
    opens: !own || own.has(classId),
    room: roomId ? { id: roomId, name: inRooms.get(roomId) ?? '' } : null,
    instructors: (teachers.get(classId) ?? [])
      .filter((one) => covers(one, date))
      .map((one) => ({ id: one.id, name: called(one) })),
  })
}

/** Without a calendar, nobody knows the date of a day of the cycle. */
const isDated = (of: SchoolDays, { meeting, date }: HeldOn<Shown>) => isDatedOn(of, meeting, date)
const byTime = (a: HeldOn<unknown>, b: HeldOn<unknown>) =>
  `${a.date}${a.startTime}${a.endTime}` < `${b.date}${b.startTime}${b.endTime}` ? -1 : 1

/** Classes without a room or an instructor come after all lines that have a name: cursors from here on count them. */
const classesFrom = 500_000

/** A line for each class whose meetings are in no room, or with nobody. */
async function unplacedLines(ctx: Context, of: SchoolDays, input: MasterInput, from: number, count: number) {
  const all = await unplacedOn(ctx, of, daysOf(ctx, input), input.by === 'room' ? 'room' : 'instructor')
  const dated = all.filter((one) => isDated(of, one))
  const lines = [...grouped(dated, ({ meeting }) => meeting.classId)].slice(from, from + count)
  const tell = await teller(
    ctx,
    lines.flatMap(([, held]) => held),
  )
  return {
    lines: lines.map(([id, held]) => ({
      ...{ id, name: held[0]?.meeting.title ?? '', seats: null, isOfClass: true },
      meetings: held.toSorted(byTime).map(tell),
    })),
    undated: from ? 0 : new Set(all.filter((one) => !isDated(of, one)).map(({ meeting }) => meeting.id)).size,
    next: new Set(dated.map(({ meeting }) => meeting.classId)).size > from + count ? classesFrom + from + count : null,
  }
}

async function linesOf(ctx: Context, of: SchoolDays, input: MasterInput) {
  const { cursor, limit } = input
  if (cursor && cursor >= classesFrom) return unplacedLines(ctx, of, input, cursor - classesFrom, limit)
  const named = await namedLines(ctx, of, input)
  if (named.next !== null) return named
  const others = await unplacedLines(ctx, of, input, 0, limit - named.lines.length)
  return {
    ...others,
    lines: [...named.lines, ...others.lines],
    undated: named.undated + others.undated,
  }
}

async function namedLines(ctx: Context, of: SchoolDays, input: MasterInput) {
  const { beginDate, endDate } = daysOf(ctx, input)
  const isRooms = input.by === 'room'
  const { page, next } = paged(await (isRooms ? roomLines : instructorLines)(ctx, input), input)
  const ids = page.map(({ id }) => id)
  const booked = await bookingsOf(
    ctx.db,
    ctx.school.id,
    { beginDate, endDate },
    isRooms ? { rooms: ids } : { instructors: ids },
  )
  const all = heldOn(
    of,
    booked.map(({ meetingId, days, ...one }) => ({
      ...{ ...one, id: meetingId },
      ...{ validFrom: days.beginDate ?? beginDate, validTo: days.endDate },
    })),
    { from: beginDate, to: endDate },
  )
  const held = all.filter((one) => isDated(of, one)).toSorted(byTime)
  const tell = await teller(ctx, held)
  const byOwner = grouped(held, ({ meeting }) => meeting.of)
  return {
    lines: page.map((line) => ({ ...line, isOfClass: false, meetings: (byOwner.get(line.id) ?? []).map(tell) })),
    undated: new Set(all.filter((one) => !isDated(of, one)).map(({ meeting }) => meeting.id)).size,
    next,
  }
}

const orderOf = ({ startTime, endTime, meeting: { sortName, id } }: HeldOn<DayMeeting>) =>
  [startTime, endTime, sortName, id].join('\t')

const runningOn = prepared((db, _shape: 'all') =>
  db
    .select({ id: classes.id })
    .from(classes)
    .where(inUse(classes, sql.placeholder('schoolId'), runsOnDay(db))),
)
async function atHour(ctx: Context, all: readonly HeldOn<DayMeeting>[], { day, hour }: MasterInput) {
  if (!hour) return all
  const running = new Set(idsOf(await runningOn(ctx.db, 'all', { schoolId: ctx.school.id, day })))
  return all.filter(
    ({ startTime, endTime, meeting }) =>
      startTime === hour.startTime && endTime === hour.endTime && running.has(meeting.classId),
  )
}

async function hoursOf(ctx: Context, of: SchoolDays, input: MasterInput) {
  const all = await atHour(ctx, await meetingsOn(ctx.db, ctx.school.id, of, input.day), input)
  const dated = all
    .filter((one) => isDated(of, one))
    .map((one) => ({ one, order: orderOf(one) }))
    .toSorted((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ one }) => one)
  const { page, next } = paged(pageOf(dated, input), input)
  const tell = await teller(ctx, page)
  const hours = grouped(page.map(tell), ({ startTime, endTime }) => `${startTime} ${endTime}`)
  return {
    lines: [...hours].map(([id, held]) => ({ id, name: '', seats: null, isOfClass: false, meetings: held })),
    undated: all.filter((one) => !isDated(of, one)).length,
    next,
  }
}

export async function readMaster(ctx: Context, input: MasterInput) {
  const days = daysOf(ctx, input)
  const of = await readSchoolDays(ctx.db, ctx.school.id, days)
  const found = await (input.by === 'time' ? hoursOf : linesOf)(ctx, of, input)
  const shown = daysFrom(days.beginDate, days.endDate).map((date) => {
    const { kind = null, cycleDay = null, note = null } = of.stored.get(date) ?? {}
    return { date, kind, cycleDay, note }
  })
  return { by: input.by, today: today(ctx), days: shown, ...found }
}
