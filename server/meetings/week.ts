import type { SQL } from 'drizzle-orm'
import { and, eq, gte, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { inUse, refersTo } from '../../db/rows.ts'
import { classes, classInstructors, enrollments, meetings } from '../../db/schema/index.ts'
import { allows } from '../access.ts'
import type { DayRange } from '../calendar.ts'
import { addDays, covers, today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { readInstructor } from '../instructors/read.ts'
import { idsOf } from '../records/kind.ts'
import { readRoom } from '../rooms/read.ts'
import { weekOf } from '../schools/read.ts'
import { readStudent } from '../students/read.ts'
import type { HeldOn } from './held-on.ts'
import { heldOn, isDatedOn } from './held-on.ts'
import type { WeekInput, WeekKind } from './input.ts'
import type { Mark } from './marks.ts'
import { readMarks } from './marks.ts'
import { ownClasses } from './own-classes.ts'
import { requireClass, roomNames } from './read.ts'
import type { SchoolDays } from './school-days.ts'
import { readSchoolDays } from './school-days.ts'
import { called, teachersOf } from './teachers.ts'

const nameOf: Record<WeekKind, (ctx: Context, id: string) => Promise<string>> = {
  class: async (ctx, id) => (await requireClass(ctx.db, ctx, id)).title,
  student: async (ctx, id) => called(await readStudent(ctx.db, ctx, id)),
  room: async (ctx, id) => {
    if (!allows(ctx.actor, 'room.read')) throw new DomainError('room.not_found')
    return (await readRoom(ctx.db, ctx, id)).name
  },
  instructor: async (ctx, id) => {
    const isOwn = ctx.actor.instructorId === id
    if (!isOwn && !allows(ctx.actor, 'instructor.read')) throw new DomainError('instructor.not_found')
    return called(await readInstructor(ctx.db, ctx, id))
  },
}

/** A person can be in a class twice. */
type Stays = { classId: string; days: DayRange }[]

const assignments = async (db: Reader, schoolId: number, condition: SQL | undefined): Promise<Stays> => {
  const rows = await db
    .select({
      classId: classInstructors.classId,
      beginDate: classInstructors.beginDate,
      endDate: classInstructors.endDate,
    })
    .from(classInstructors)
    .where(inUse(classInstructors, schoolId, condition))
  return rows.map(({ classId, ...days }) => ({ classId, days }))
}

/** A withdrawn student was in the class until her last day; one who waits has not been in it yet. */
const enrolled = or(
  inArray(enrollments.status, ['enrolled', 'completed']),
  and(eq(enrollments.status, 'withdrawn'), isNotNull(enrollments.endDate)),
)
async function seatsOf(db: Reader, schoolId: number, studentId: string): Promise<Stays> {
  const rows = await db
    .select({ classId: enrollments.classId, beginDate: enrollments.beginDate, endDate: enrollments.endDate })
    .from(enrollments)
    .where(inUse(enrollments, schoolId, eq(enrollments.studentId, studentId), enrolled))
  return rows.map(({ classId, ...days }) => ({ classId, days }))
}

const always: DayRange = { beginDate: null, endDate: null }

async function staysOf({ db, school }: Context, { of, id }: WeekInput): Promise<Stays | null> {
  if (of === 'class') return [{ classId: id, days: always }]
  if (of === 'instructor') return assignments(db, school.id, eq(classInstructors.instructorId, id))
  if (of === 'student') return seatsOf(db, school.id, id)
  return null
}

const rowsIn = ({ db, school }: Context, monday: string, condition: SQL | undefined) =>
  db
    .select({
      id: meetings.id,
      classId: classes.id,
      classTitle: classes.title,
      classCode: classes.code,
      weekday: meetings.weekday,
      cycleDay: meetings.cycleDay,
      periodId: meetings.periodId,
      startTime: meetings.startTime,
      endTime: meetings.endTime,
      roomId: sql<string | null>`coalesce(${meetings.roomId}, ${classes.roomId})`,
      overrideReason: meetings.overrideReason,
      validFrom: meetings.validFrom,
      validTo: meetings.validTo,
      sortName: classes.sortName,
      archivedAt: classes.archivedAt,
    })
    .from(meetings)
    .innerJoin(classes, refersTo(meetings.classId, classes))
    .where(
      inUse(
        meetings,
        school.id,
        lte(meetings.validFrom, addDays(monday, 6)),
        or(isNull(meetings.validTo), gte(meetings.validTo, monday)),
        condition,
      ),
    )

type Row = Awaited<ReturnType<typeof rowsIn>>[number]

/** Sorted by SQL, SQLite would read every meeting of the school. */
const sortKeyOf = ({ date, startTime, meeting: { cycleDay, sortName, id } }: Shown): string =>
  [date ?? '9', String(cycleDay ?? 0).padStart(3, '0'), startTime, sortName, id].join('\t')
const inOrder = (held: Shown[]) => held.toSorted((a, b) => (sortKeyOf(a) < sortKeyOf(b) ? -1 : 1))

/** Those of classes whose own room it is too, where they name none. */
async function isInRoom({ db, school }: Context, roomId: string): Promise<SQL | undefined> {
  const ofClasses = await db
    .select({ id: classes.id })
    .from(classes)
    .where(inUse(classes, school.id, eq(classes.roomId, roomId)))
  const idsWhere = (condition: SQL | undefined) =>
    db
      .select({ id: meetings.id })
      .from(meetings)
      .where(inUse(meetings, school.id, condition))
  const named = idsWhere(eq(meetings.roomId, roomId))
  const nameNone = and(isNull(meetings.roomId), inArray(meetings.classId, idsOf(ofClasses)))
  // With `or`, SQLite would read every meeting of the school.
  return inArray(meetings.id, ofClasses.length ? named.unionAll(idsWhere(nameNone)) : named)
}

/** Where nobody knows the date of a cycle day, a meeting stands in the week once, without a date. */
interface Shown extends Omit<HeldOn<Row>, 'date'> {
  date: string | null
  dates: string[]
}

/** A student can be in two classes at once. */
function atOnce(one: Shown, held: readonly Shown[]): Mark[] {
  const others = held.filter(
    (other) =>
      other.meeting.classId !== one.meeting.classId &&
      other.startTime < one.endTime &&
      one.startTime < other.endTime &&
      other.dates.some((date) => one.dates.includes(date)),
  )
  return others.map(({ meeting: { classId, classTitle, classCode, overrideReason } }) => ({
    ...{ kind: 'student', classId, classTitle, classCode, names: [] },
    reason: one.meeting.overrideReason ?? overrideReason,
  }))
}

/** A person is in the class on some days only; an archived class meets no more. */
function isThere({ meeting, date }: HeldOn<Row>, stays: Stays | null, { school }: Context): boolean {
  const archived = meeting.archivedAt && today({ school, now: meeting.archivedAt })
  if (archived && date >= archived) return false
  return !stays || stays.some(({ classId, days }) => classId === meeting.classId && covers(days, date))
}

function shownIn(ctx: Context, of: SchoolDays, rows: Row[], stays: Stays | null, monday: string): Shown[] {
  const held = heldOn(of, rows, { from: monday, to: addDays(monday, 6) }).filter((one) => isThere(one, stays, ctx))
  const shown: Shown[] = []
  const undated = new Map<string, Shown>()
  for (const one of held) {
    const isDated = isDatedOn(of, one.meeting, one.date)
    const known = isDated ? undefined : undated.get(one.meeting.id)
    if (known) known.dates.push(one.date)
    else {
      const first = { ...one, date: isDated ? one.date : null, dates: [one.date] }
      shown.push(first)
      if (!isDated) undated.set(one.meeting.id, first)
    }
  }
  return inOrder(shown)
}

const daysShown = (of: SchoolDays, monday: string) =>
  Array.from({ length: 7 }, (_, index) => of.stored.get(addDays(monday, index))).flatMap((day) => day ?? [])

/** Instructors see only their own classes, and no names of rooms. */
export async function readWeek(ctx: Context, input: WeekInput) {
  const days = weekOf(ctx.school, input.day)
  const monday = days.beginDate
  const name = await nameOf[input.of](ctx, input.id)
  const [stays, own] = [await staysOf(ctx, input), await ownClasses(ctx.db, ctx)]
  const classIds = stays && [...new Set(stays.map(({ classId }) => classId))].filter((id) => !own || own.has(id))
  const inThem = classIds ? inArray(meetings.classId, classIds) : await isInRoom(ctx, input.id)
  const rows = classIds?.length === 0 ? [] : await rowsIn(ctx, monday, inThem)
  const of = await readSchoolDays(ctx.db, ctx.school.id, days)
  const held = shownIn(ctx, of, rows, stays, monday)
  const [teachers, roomsById, marks] = [
    await teachersOf(
      ctx.db,
      ctx.school.id,
      rows.map(({ classId }) => classId),
    ),
    await roomNames(ctx.db, ctx.school.id, rows),
    await readMarks(ctx.db, ctx, of, days, rowsShown(held), own),
  ]
  const shown = held.map((one) => {
    const { validFrom: _, validTo: __, archivedAt: ___, sortName: ____, weekday: _____, ...row } = one.meeting
    const teaching = teachers.filter(
      (teacher) => teacher.classId === row.classId && one.dates.slice(0, 1).some((date) => covers(teacher, date)),
    )
    return {
      ...row,
      ...{ date: one.date, startTime: one.startTime, endTime: one.endTime },
      roomName: row.roomId && (roomsById.get(row.roomId) ?? null),
      instructors: [...new Set(teaching.map(called))],
      collisions: [...(marks.get(row.id) ?? []), ...(input.of === 'student' ? atOnce(one, held) : [])],
    }
  })
  return {
    /** The first day of the school's week. */
    ...{ of: input.of, id: input.id, name, monday, today: today(ctx) },
    ...{ days: daysShown(of, monday), meetings: shown },
  }
}

const rowsShown = (held: readonly Shown[]) => [...new Set(held.map(({ meeting }) => meeting))]
