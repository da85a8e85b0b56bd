/** Meetings of the master timetable that stand in no line: in no room, or with no instructor. */
import type { SQL } from 'drizzle-orm'
import { and, asc, gte, isNull, lte, not, or, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { inUse, refersTo } from '../../db/rows.ts'
import { classes, classInstructors, instructors, meetings } from '../../db/schema/index.ts'
import { covers } from '../calendar.ts'
import type { Context } from '../context.ts'
import { grouped } from '../grouped.ts'
import { heldOn } from './held-on.ts'
import type { SchoolDays } from './school-days.ts'
import { teachersOf } from './teachers.ts'

interface Days {
  beginDate: string
  endDate: string
}

const inNoRoom = and(isNull(meetings.roomId), isNull(classes.roomId))

/** Nobody teaches the class on all of the days; who teaches it on some of them is looked at afterwards. */
function withNobody(db: Reader, { beginDate, endDate }: Days): SQL {
  const teaching = db
    .select({ one: sql`1` })
    .from(classInstructors)
    .innerJoin(instructors, refersTo(classInstructors.instructorId, instructors))
    .where(
      inUse(
        classInstructors,
        classes.schoolId,
        refersTo(classInstructors.classId, classes),
        isNull(instructors.archivedAt),
        or(isNull(classInstructors.beginDate), lte(classInstructors.beginDate, beginDate)),
        or(isNull(classInstructors.endDate), gte(classInstructors.endDate, endDate)),
      ),
    )
  return not(sql`exists ${teaching}`)
}

const rowsOf = ({ db, school }: Context, { beginDate, endDate }: Days, condition: SQL | undefined) =>
  db
    .select({
      id: meetings.id,
      classId: meetings.classId,
      title: classes.title,
      roomId: sql<string | null>`coalesce(${meetings.roomId}, ${classes.roomId})`,
      weekday: meetings.weekday,
      cycleDay: meetings.cycleDay,
      periodId: meetings.periodId,
      startTime: meetings.startTime,
      endTime: meetings.endTime,
      validFrom: meetings.validFrom,
      validTo: meetings.validTo,
      reason: meetings.overrideReason,
    })
    .from(meetings)
    .innerJoin(classes, refersTo(meetings.classId, classes))
    .where(
      inUse(
        meetings,
        school.id,
        isNull(classes.archivedAt),
        lte(meetings.validFrom, endDate),
        or(isNull(meetings.validTo), gte(meetings.validTo, beginDate)),
        condition,
      ),
    )
    .orderBy(asc(classes.sortName), asc(classes.id))

/** What is held in no room, or with no instructor, on these days; classes by name. */
export async function unplacedOn(ctx: Context, of: SchoolDays, days: Days, by: 'room' | 'instructor') {
  const rows = await rowsOf(ctx, days, by === 'room' ? inNoRoom : withNobody(ctx.db, days))
  const held = heldOn(of, rows, { from: days.beginDate, to: days.endDate })
  if (by === 'room') return held
  const classIds = new Set(rows.map(({ classId }) => classId))
  const teachers = grouped(await teachersOf(ctx.db, ctx.school.id, classIds), ({ classId }) => classId)
  return held.filter(
    ({ meeting, date }) => !(teachers.get(meeting.classId) ?? []).some((teacher) => covers(teacher, date)),
  )
}
