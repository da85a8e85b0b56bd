import { and, asc, eq, gte, inArray, isNotNull, isNull, max, min, ne, or, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { alias } from '../../db/kit.ts'
import { prepared } from '../../db/prepared.ts'
import { fewBy, inUse, refersTo } from '../../db/rows.ts'
import { academicSessions, classes, classTerms, enrollments, meetings, rooms, students } from '../../db/schema/index.ts'
import { clockTime, shared, today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { rowsWith } from '../records/kind.ts'
import { scopeOf, scopeValues, teaches } from '../scope.ts'
import { bothHeld, usualTimes } from './held-on.ts'
import type { StudentConflictsInput } from './input.ts'
import { readMarks } from './marks.ts'
import { ownClasses } from './own-classes.ts'
import type { MeetingRow } from './plan.ts'
import { earliestChange, usualFrom, usualTo } from './plan.ts'
import type { SchoolDays } from './school-days.ts'
import { readSchoolDays } from './school-days.ts'

const p = sql.placeholder

const visibleClass = prepared((db, scope: 'all' | 'own') =>
  db
    .select({ title: classes.title, roomId: classes.roomId, archivedAt: classes.archivedAt })
    .from(classes)
    .where(
      and(
        eq(classes.schoolId, p('schoolId')),
        eq(classes.id, p('id')),
        scope === 'own' ? teaches(db, classes.schoolId, classes.id) : undefined,
      ),
    ),
)

/** Throws `class.not_found` unless the actor may see the class. */
export async function requireClass(db: Reader, { school, actor }: Pick<Context, 'school' | 'actor'>, id: string) {
  const [found] = await visibleClass(db, scopeOf(actor), { schoolId: school.id, id, ...scopeValues(actor) })
  if (!found) throw new DomainError('class.not_found')
  return found
}

export const meetingsOf = async (db: Reader, schoolId: number, classId: string): Promise<MeetingRow[]> =>
  db
    .select()
    .from(meetings)
    .where(inUse(meetings, schoolId, eq(meetings.classId, classId)))

export async function termDays(db: Reader, schoolId: number, classId: string) {
  const [days] = await db
    .select({ begins: min(academicSessions.startDate), ends: max(academicSessions.endDate) })
    .from(classTerms)
    .innerJoin(academicSessions, refersTo(classTerms.academicSessionId, academicSessions))
    .where(inUse(classTerms, schoolId, eq(classTerms.classId, classId)))
  return { begins: days?.begins ?? null, ends: days?.ends ?? null }
}

type TermDays = Awaited<ReturnType<typeof termDays>>
interface Asked {
  from?: string | undefined
  to?: string | null | undefined
}
export function changeDays(
  ctx: Context,
  of: SchoolDays,
  rows: readonly MeetingRow[],
  { begins, ends }: TermDays,
  asked: Asked,
) {
  const [day, clock] = [today(ctx), clockTime(ctx)]
  const from = asked.from ?? usualFrom(of, rows, day, clock, begins)
  const usual = usualTo(rows, from, ends)
  return { earliest: earliestChange(of, rows, day, clock), from, to: asked.to === undefined ? usual : asked.to }
}

/** Nothing before `earliest` can change. A meeting that names no room shows its class's. */
export async function listMeetings(db: Reader, ctx: Context, classId: string) {
  const day = today(ctx)
  const [{ archivedAt, roomId: own }, rows, terms, of] = [
    await requireClass(db, ctx, classId),
    await meetingsOf(db, ctx.school.id, classId),
    await termDays(db, ctx.school.id, classId),
    await readSchoolDays(db, ctx.school.id, { beginDate: day, endDate: null }),
  ]
  const shown = rows
    .filter(({ validTo }) => !validTo || validTo >= day)
    .toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
  const held = shown.map((row) => ({ ...row, roomId: row.roomId ?? own }))
  const names = await roomNames(db, ctx.school.id, held)
  const marks = await readMarks(db, ctx, of, { beginDate: day, endDate: null }, held, await ownClasses(db, ctx))
  return {
    ...changeDays(ctx, of, rows, terms, {}),
    isArchived: archivedAt !== null,
    meetings: shown.map(({ schoolId: _, classId: __, archivedAt: ___, ...row }, index) => ({
      ...row,
      ...usualTimes(of, row),
      roomName: names.get(held[index]?.roomId ?? '') ?? null,
      collisions: marks.get(row.id) ?? [],
    })),
  }
}

const orderOf = ({ weekday, cycleDay, startTime, validFrom }: MeetingRow) =>
  `${weekday ?? 9}${String(cycleDay ?? 0).padStart(3, '0')}${startTime}${validFrom}`

export async function roomNames(db: Reader, schoolId: number, held: readonly { roomId: string | null }[]) {
  const ids = new Set(held.flatMap(({ roomId }) => roomId ?? []))
  const found = await rowsWith(db, { table: rooms }, schoolId, 'id', ids)
  return new Map(found.map(({ id, name }) => [id, name]))
}

const own = alias(meetings, 'own')
const other = alias(meetings, 'other')
const seats = alias(enrollments, 'seats')

const heldAtOneTime = and(
  or(
    eq(own.weekday, other.weekday),
    eq(own.cycleDay, other.cycleDay),
    sql`(${own.weekday} is null) <> (${other.weekday} is null)`,
  ),
  or(
    isNotNull(own.periodId),
    isNotNull(other.periodId),
    sql`${own.startTime} < ${other.endTime} and ${other.startTime} < ${own.endTime}`,
  ),
)

const conflictingMeetings = (
  { db, school }: Context,
  { classId, studentIds, from }: StudentConflictsInput & { from: string },
) =>
  db
    .select({
      studentId: students.id,
      givenName: students.givenName,
      familyName: students.familyName,
      classId: classes.id,
      classTitle: classes.title,
      classCode: classes.code,
      weekday: other.weekday,
      cycleDay: other.cycleDay,
      periodId: other.periodId,
      startTime: other.startTime,
      endTime: other.endTime,
      own: {
        ...{ weekday: own.weekday, cycleDay: own.cycleDay, periodId: own.periodId },
        ...{ startTime: own.startTime, endTime: own.endTime },
      },
      ownDays: { beginDate: own.validFrom, endDate: own.validTo },
      days: { beginDate: other.validFrom, endDate: other.validTo },
      seat: { beginDate: seats.beginDate, endDate: seats.endDate },
    })
    .from(seats)
    .innerJoin(students, and(eq(students.schoolId, school.id), eq(students.id, seats.studentId)))
    .innerJoin(classes, and(eq(classes.schoolId, school.id), eq(classes.id, seats.classId)))
    .innerJoin(own, and(eq(own.schoolId, school.id), eq(own.classId, classId)))
    // The order is told: SQLite would look through all meetings of the school.
    .crossJoin(other)
    .where(
      inUse(
        seats,
        school.id,
        eq(other.schoolId, school.id),
        eq(other.classId, seats.classId),
        inArray(seats.studentId, studentIds),
        ne(seats.classId, classId),
        eq(seats.status, 'enrolled'),
        or(isNull(seats.endDate), gte(seats.endDate, from)),
        isNull(classes.archivedAt),
        isNull(other.archivedAt),
        isNull(own.archivedAt),
        heldAtOneTime,
      ),
    )
    .orderBy(fewBy(students.sortName), asc(students.id), asc(other.weekday), asc(other.startTime), asc(other.id))

/** Days and times are where both classes meet, from `from` on (today by default). */
export async function studentConflicts(ctx: Context, { from = today(ctx), ...asked }: StudentConflictsInput) {
  await requireClass(ctx.db, ctx, asked.classId)
  const rows = await conflictingMeetings(ctx, { ...asked, from })
  const of = await readSchoolDays(ctx.db, ctx.school.id, { beginDate: from, endDate: null })
  return rows.flatMap(({ own: mine, ownDays, days: held, seat, ...row }) => {
    const seated = shared({ beginDate: from, endDate: null }, held, seat)
    const days = seated && bothHeld(of, { ...mine, days: ownDays }, { ...row, days: seated })
    const { periodId: _, ...told } = row
    return days ? [{ ...told, from: days.beginDate ?? from, to: days.endDate }] : []
  })
}
