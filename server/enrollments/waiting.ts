import type { SQL, SQLWrapper } from 'drizzle-orm'
import { and, eq, inArray, isNull, lte, sql } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { alias } from '../../db/kit.ts'
import { inUse, refersTo } from '../../db/rows.ts'
import { academicSessions, classTerms, enrollments, students } from '../../db/schema/index.ts'
import { firstFreeDay, today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { grouped } from '../grouped.ts'
import { inBatches } from '../journal/bulk.ts'
import type { Change } from '../journal/entry.ts'
import { idsOf, rowsWith } from '../records/kind.ts'
import type { Edit } from '../records/write.ts'
import { replaceRows } from '../records/write.ts'
import type { EnrollmentRow } from './core.ts'
import { enrollmentCore } from './core.ts'

/** An import has no actor. */
export type Moment = Pick<Context, 'school' | 'now'>

/** An archived student keeps her position, waits without getting a seat and is passed over. */
const isWaiting = (schoolId: number | SQLWrapper, ofClass: SQL): SQL | undefined =>
  inUse(enrollments, schoolId, ofClass, eq(enrollments.status, 'waitlisted'), isNull(students.archivedAt))

export const waitingStudents = (
  db: Reader,
  schoolId: number | SQLWrapper,
  classId: string | SQLWrapper,
): SQL<number> => {
  const counted = db
    .select({ waiting: sql`count(*)` })
    .from(enrollments)
    .innerJoin(students, refersTo(enrollments.studentId, students))
    .where(isWaiting(schoolId, eq(enrollments.classId, classId)))
  return sql<number>`(${counted})`.mapWith(Number)
}

/** Of each class today, or the first day of a later class; undefined once all its terms are over. */
async function firstDays(tx: Reader, ctx: Moment, classIds: readonly string[]) {
  const day = today(ctx)
  const terms = await tx
    .select({
      classId: classTerms.classId,
      startDate: academicSessions.startDate,
      endDate: academicSessions.endDate,
    })
    .from(classTerms)
    .innerJoin(academicSessions, refersTo(classTerms.academicSessionId, academicSessions))
    .where(inUse(classTerms, ctx.school.id, inArray(classTerms.classId, [...classIds])))
  const byClass = grouped(terms, ({ classId }) => classId)
  return new Map(
    classIds.map((id) => {
      const own = byClass.get(id) ?? []
      if (own.length && own.every(({ endDate }) => endDate < day)) return [id, undefined]
      const first = own.map(({ startDate }) => startDate).toSorted()[0] ?? day
      return [id, first > day ? first : day]
    }),
  )
}

export const firstDay = async (tx: Reader, ctx: Moment, classId: string): Promise<string | undefined> =>
  (await firstDays(tx, ctx, [classId])).get(classId)

async function firstWaiting(tx: Reader, { school }: Moment, seats: ReadonlyMap<string, number>) {
  const place = sql<number>`row_number() over (
    partition by ${enrollments.classId} order by ${enrollments.waitlistPosition}, ${enrollments.id})`
  const inLine = tx
    .select({ id: enrollments.id, classId: enrollments.classId, place: place.mapWith(Number).as('place') })
    .from(enrollments)
    .innerJoin(students, refersTo(enrollments.studentId, students))
    .where(isWaiting(school.id, inArray(enrollments.classId, [...seats.keys()])))
    .as('in_line')
  const most = Math.max(...seats.values())
  const first = await tx.select().from(inLine).where(lte(inLine.place, most)).orderBy(inLine.place)
  const ids = first.filter(({ classId, place }) => place <= (seats.get(classId) ?? 0)).map(({ id }) => id)
  const rows = await rowsWith(tx, enrollmentCore, school.id, 'id', ids)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

const waiting = alias(enrollments, 'waiting')
const stay = ({ classId, studentId }: EnrollmentRow) => `${classId} ${studentId}`

async function staysOf(tx: Reader, { school }: Moment, rows: readonly EnrollmentRow[]) {
  const stays: EnrollmentRow[] = []
  for (const ids of inBatches(idsOf(rows))) {
    const { schoolId, classId, studentId, archivedAt } = enrollments
    const found = await tx
      .select({ row: enrollments })
      .from(waiting)
      .innerJoin(
        enrollments,
        and(eq(schoolId, waiting.schoolId), eq(classId, waiting.classId), eq(studentId, waiting.studentId)),
      )
      .where(and(eq(waiting.schoolId, school.id), inArray(waiting.id, ids), isNull(archivedAt)))
    stays.push(...found.map(({ row }) => row as EnrollmentRow))
  }
  return grouped(stays, stay)
}

/** She begins on `day`, or later if she asked for that or is in the class until then. */
function seated(row: EnrollmentRow, stays: readonly EnrollmentRow[], day: string) {
  const others = stays.filter(({ id }) => id !== row.id)
  const from = row.beginDate !== null && row.beginDate > day ? row.beginDate : day
  return { status: 'enrolled', waitlistPosition: null, beginDate: firstFreeDay(others, from) } as const
}

async function promoteIn(tx: Transaction, ctx: Moment, seats: ReadonlyMap<string, number>): Promise<Change[]> {
  const days = await firstDays(tx, ctx, [...seats.keys()])
  const open = new Map([...seats].filter(([id]) => days.get(id)))
  if (!open.size) return []
  const rows = await firstWaiting(tx, ctx, open)
  const stays = await staysOf(tx, ctx, rows)
  const edits = rows.map((before): Edit<typeof enrollments> => {
    const own = stays.get(stay(before)) ?? []
    const fields = seated(before, own, days.get(before.classId) ?? '')
    stays.set(stay(before), [...own.filter(({ id }) => id !== before.id), { ...before, ...fields }])
    return { before, fields }
  })
  return replaceRows(tx, enrollmentCore, edits)
}

/** Gives so many seats of each class to those who wait. The number of statements does not grow with that of the classes. */
export async function promoteFirst(
  tx: Transaction,
  ctx: Moment,
  seats: Iterable<[classId: string, seats: number]>,
): Promise<Change[]> {
  const promoted: Change[] = []
  for (const batch of inBatches(seats)) promoted.push(...(await promoteIn(tx, ctx, new Map(batch))))
  return promoted
}
