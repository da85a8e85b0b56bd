import type { SQL } from 'drizzle-orm'
import { and, asc, eq, exists, gt, gte, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { alias, contains } from '../../db/kit.ts'
import { prepared } from '../../db/prepared.ts'
import {
  academicSessions,
  classes,
  classInstructors,
  classTerms,
  courses,
  instructors,
  rooms,
} from '../../db/schema/index.ts'
import type { ClassAttention } from '../../db/values.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { takenSeats } from '../enrollments/seats.ts'
import { searchWords } from '../people.ts'
import { everyRow } from '../records/many.ts'
import type { Scope } from '../scope.ts'
import { scopeOf, scopeValues, teaches } from '../scope.ts'
import { isAssigned, toMend } from './conditions/read.ts'
import type { CountClassesInput, ListClassesInput } from './input.ts'
import type { ClassRow } from './kind.ts'

const p = sql.placeholder
const wanted = alias(academicSessions, 'wanted')

const narrowings = ['academicSessionId', 'courseId', 'roomId', 'instructorId', 'departmentId'] as const
interface Filter {
  scope: Scope
  words: number
  /** What the list is narrowed to. */
  by: (typeof narrowings)[number][]
  attention: ClassAttention | undefined
  archived: boolean
}
const filterOf = ({ actor }: Context, input: CountClassesInput, words: string[]): Filter => ({
  scope: scopeOf(actor),
  words: words.length,
  by: narrowings.filter((name) => input[name] !== undefined),
  attention: input.attention,
  archived: input.archived,
})
const filterValues = (ctx: Context, input: CountClassesInput, words: string[]) => ({
  ...scopeValues(ctx.actor),
  ...Object.fromEntries(words.map((word, index) => [`word${index}`, word])),
  schoolId: ctx.school.id,
  today: today(ctx),
  ...Object.fromEntries(narrowings.map((name) => [`${name}Wanted`, input[name]])),
})

/** Offered in the wanted term, in a longer one around it, or in a shorter one within it: by days, for imports nest nothing. */
const inTerm = (db: Reader) =>
  exists(
    db
      .select({ one: sql`1` })
      .from(classTerms)
      .innerJoin(
        academicSessions,
        and(eq(academicSessions.schoolId, classTerms.schoolId), eq(academicSessions.id, classTerms.academicSessionId)),
      )
      .innerJoin(wanted, and(eq(wanted.schoolId, classTerms.schoolId), eq(wanted.id, p('academicSessionIdWanted'))))
      .where(
        and(
          eq(classTerms.schoolId, classes.schoolId),
          eq(classTerms.classId, classes.id),
          isNull(classTerms.archivedAt),
          or(
            and(lte(academicSessions.startDate, wanted.startDate), gte(academicSessions.endDate, wanted.endDate)),
            and(gte(academicSessions.startDate, wanted.startDate), lte(academicSessions.endDate, wanted.endDate)),
          ),
        ),
      ),
  )

const ofDepartment = (db: Reader) =>
  exists(
    db
      .select({ one: sql`1` })
      .from(courses)
      .where(
        and(
          eq(courses.schoolId, classes.schoolId),
          eq(courses.id, classes.courseId),
          eq(courses.departmentId, p('departmentIdWanted')),
        ),
      ),
  )

const narrowed: Record<Filter['by'][number], (db: Reader) => SQL> = {
  academicSessionId: inTerm,
  courseId: () => eq(classes.courseId, p('courseIdWanted')),
  roomId: () => eq(classes.roomId, p('roomIdWanted')),
  instructorId: (db) => isAssigned(db, eq(classInstructors.instructorId, p('instructorIdWanted'))),
  departmentId: ofDepartment,
}

const matching = (db: Reader, filter: Filter) =>
  and(
    eq(classes.schoolId, p('schoolId')),
    filter.archived ? isNotNull(classes.archivedAt) : isNull(classes.archivedAt),
    ...Array.from({ length: filter.words }, (_, index) => contains(classes.sortName, p(`word${index}`))),
    ...filter.by.map((name) => narrowed[name](db)),
    filter.attention && toMend(db, filter.attention),
    filter.scope === 'own' ? teaches(db, classes.schoolId, classes.id) : undefined,
  )

const page = prepared((db, text: string) => {
  const filter = JSON.parse(text) as Filter & { continued: boolean }
  const after = sql`(${classes.sortName}, ${classes.id}) > (${p('name')}, ${p('id')})`
  return db
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
    .leftJoin(courses, and(eq(courses.schoolId, classes.schoolId), eq(courses.id, classes.courseId)))
    .leftJoin(rooms, and(eq(rooms.schoolId, classes.schoolId), eq(rooms.id, classes.roomId)))
    .where(and(matching(db, filter), filter.continued ? after : undefined))
    .orderBy(asc(classes.sortName), asc(classes.id))
    .limit(p('limit'))
})

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

/** Who teaches each of these classes, the primary instructor first. */
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
    .innerJoin(
      instructors,
      and(eq(instructors.schoolId, classInstructors.schoolId), eq(instructors.id, classInstructors.instructorId)),
    )
    .where(
      and(
        eq(classInstructors.schoolId, ctx.school.id),
        inArray(classInstructors.classId, [...classIds]),
        isNull(classInstructors.archivedAt),
      ),
    )
    .orderBy(sql`${classInstructors.isPrimary} desc`, asc(instructors.sortName), asc(instructors.id))
  return teachersOn(rows, today(ctx)).map(({ endDate: _, ...row }) => row)
}

/** One page with seats taken today and instructors, and the cursor of the next; null at the end. */
export async function listClasses(ctx: Context, input: ListClassesInput) {
  const words = searchWords(input.search)
  const shape = { ...filterOf(ctx, input, words), continued: Boolean(input.cursor) }
  const values = { ...filterValues(ctx, input, words), ...input.cursor, limit: input.limit + 1 }
  const found = await page(ctx.db, JSON.stringify(shape), values)
  const last = found.length > input.limit ? found[input.limit - 1] : undefined
  const shown = found.slice(0, input.limit)
  const teachers = await instructorsOf(
    ctx.db,
    ctx,
    shown.map(({ id }) => id),
  )
  const rows = shown.map(({ sortName: _, ...row }) => ({
    ...row,
    instructors: teachers.filter(({ classId }) => classId === row.id).map(({ classId: __, ...teacher }) => teacher),
  }))
  return { rows, next: last ? { key: '', name: last.sortName, id: last.id } : null }
}

const whole = prepared((db, text: string) =>
  db
    .select()
    .from(classes)
    .where(and(matching(db, JSON.parse(text) as Filter), gt(classes.id, p('after'))))
    .orderBy(asc(classes.id))
    .limit(p('limit')),
)

/** The whole rows of all classes that a list with these filters has, for changing them; by id. */
export function classesOfList(db: Reader, ctx: Context, input: CountClassesInput): Promise<ClassRow[]> {
  const words = searchWords(input.search)
  const filter = JSON.stringify(filterOf(ctx, input, words))
  const values = filterValues(ctx, input, words)
  return everyRow(async (place) => (await whole(db, filter, { ...values, ...place })) as ClassRow[])
}

const counted = prepared((db, text: string) =>
  db
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(classes)
    .where(matching(db, JSON.parse(text) as Filter)),
)

/** How many classes a list with these filters has. */
export async function countClasses(ctx: Context, input: CountClassesInput): Promise<number> {
  const words = searchWords(input.search)
  const [row] = await counted(ctx.db, JSON.stringify(filterOf(ctx, input, words)), filterValues(ctx, input, words))
  return row?.count ?? 0
}
