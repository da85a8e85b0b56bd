import type { SQL } from 'drizzle-orm'
import { and, asc, eq, exists, inArray, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { inUse, refersTo } from '../../db/rows.ts'
import { classes, classInstructors, courses, instructors, rooms } from '../../db/schema/index.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { takenSeats } from '../enrollments/seats.ts'
import { grouped } from '../grouped.ts'
import { collidingClasses, knownCollidingClasses } from '../meetings/colliding.ts'
import { idsOf } from '../records/kind.ts'
import { asked, holds, pagedList } from '../records/paged-list.ts'
import { scopeOf, teaches } from '../scope.ts'
import { inTerm } from './conditions/in-term.ts'
import { isAssigned, isSeated, toMend } from './conditions/read.ts'
import type { CountClassesInput, ListClassesInput } from './input.ts'

const narrowings = ['academicSessionId', 'courseId', 'roomId', 'instructorId', 'departmentId'] as const

const ofDepartment = (db: Reader) =>
  exists(
    db
      .select({ one: sql`1` })
      .from(courses)
      .where(
        and(
          eq(courses.schoolId, classes.schoolId),
          eq(courses.id, classes.courseId),
          eq(courses.departmentId, asked('departmentId')),
        ),
      ),
  )

const narrowed: Record<(typeof narrowings)[number], (db: Reader) => SQL> = {
  academicSessionId: inTerm,
  courseId: () => eq(classes.courseId, asked('courseId')),
  roomId: () => eq(classes.roomId, asked('roomId')),
  instructorId: (db) => isAssigned(db, eq(classInstructors.instructorId, asked('instructorId'))),
  departmentId: ofDepartment,
}

interface Assignment {
  classId: string
  id: string
  endDate: string | null
}
const never = '9999-12-31'
/** Those whose assignment goes on; of a class that nobody teaches any more, those who did last. Each once. */
function teachersOn<A extends Assignment>(assignments: readonly A[], day: string): A[] {
  const lastOf = new Map<string, string>()
  for (const { classId, endDate } of assignments) {
    const end = endDate ?? never
    if (end > (lastOf.get(classId) ?? '')) lastOf.set(classId, end)
  }
  const shown = assignments.filter(({ classId, endDate }) => {
    const end = endDate ?? never
    return end >= day || end === lastOf.get(classId)
  })
  return [...new Map(shown.map((one) => [`${one.classId} ${one.id}`, one])).values()]
}

export async function instructorsOf(db: Reader, ctx: Context, classIds: readonly string[]) {
  if (!classIds.length) return []
  const rows = await db
    .select({
      classId: classInstructors.classId,
      id: instructors.id,
      givenName: instructors.givenName,
      familyName: instructors.familyName,
      isPrimary: classInstructors.isPrimary,
      endDate: classInstructors.endDate,
    })
    .from(classInstructors)
    .innerJoin(instructors, refersTo(classInstructors.instructorId, instructors))
    .where(inUse(classInstructors, ctx.school.id, inArray(classInstructors.classId, [...classIds])))
    .orderBy(sql`${classInstructors.isPrimary} desc`, asc(instructors.sortName), asc(instructors.id))
  return teachersOn(rows, today(ctx)).map(({ endDate: _, ...row }) => row)
}

const pages = pagedList({
  table: classes,
  shapeOf: ({ actor }: Context, input: CountClassesInput) => ({
    scope: scopeOf(actor),
    by: narrowings.filter((name) => input[name] !== undefined),
    attention: input.attention,
    seats: input.seats,
  }),
  valuesOf: (ctx) => ({ today: today(ctx) }),
  conditions: (db, { words, by, attention, seats, scope }) => [
    holds(classes.sortName, words),
    ...by.map((name) => narrowed[name](db)),
    attention && toMend(db, attention),
    seats && isSeated[seats](db),
    scope === 'own' ? teaches(db, classes.schoolId, classes.id) : undefined,
  ],
  select: (db) =>
    db
      .select({
        id: classes.id,
        code: classes.code,
        title: classes.title,
        courseTitle: courses.title,
        roomName: rooms.name,
        capacity: classes.capacity,
        taken: takenSeats(db, classes.schoolId, classes.id),
        version: classes.version,
        sortName: classes.sortName,
      })
      .from(classes)
      .leftJoin(courses, refersTo(classes.courseId, courses))
      .leftJoin(rooms, refersTo(classes.roomId, rooms)),
})

/** Which classes collide is counted out by the program: the databases have no date arithmetic in common. */
async function withColliding<F extends CountClassesInput>(
  input: F,
  find: () => Promise<string[]>,
): Promise<F & { colliding?: string }> {
  return input.attention === 'colliding' ? { ...input, colliding: JSON.stringify(await find()) } : input
}

export const classList = {
  ...pages,
  async page(ctx: Context, input: ListClassesInput) {
    const { rows, next } = await pages.page(ctx, await withColliding(input, () => knownCollidingClasses(ctx)))
    const teachers = grouped(await instructorsOf(ctx.db, ctx, idsOf(rows)), ({ classId }) => classId)
    const instructorsIn = (id: string) => (teachers.get(id) ?? []).map(({ classId: _, ...teacher }) => teacher)
    return { rows: rows.map((row) => ({ ...row, instructors: instructorsIn(row.id) })), next }
  },
  count: async (ctx: Context, input: CountClassesInput) =>
    pages.count(ctx, await withColliding(input, () => knownCollidingClasses(ctx))),
  whole: async (db: Reader, ctx: Context, input: CountClassesInput) =>
    pages.whole(db, ctx, await withColliding(input, () => collidingClasses(db, ctx))),
}
