import { and, asc, eq, exists, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { contains } from '../../db/kit.ts'
import { prepared } from '../../db/prepared.ts'
import { classes, classInstructors, classTerms, courses, instructors, rooms } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { today } from '../context.ts'
import { takenSeats } from '../enrollments/seats.ts'
import { searchWords } from '../people.ts'
import type { Scope } from '../scope.ts'
import { scopeOf, scopeValues, teaches } from '../scope.ts'
import type { CountClassesInput, ListClassesInput } from './input.ts'

const p = sql.placeholder

interface Filter {
  scope: Scope
  words: number
  academicSessionId: boolean
  archived: boolean
}
const filterOf = ({ actor }: Context, input: CountClassesInput, words: string[]): Filter => ({
  scope: scopeOf(actor),
  words: words.length,
  academicSessionId: input.academicSessionId !== undefined,
  archived: input.archived,
})
const filterValues = ({ school, actor }: Context, input: CountClassesInput, words: string[]) => ({
  ...scopeValues(actor),
  ...Object.fromEntries(words.map((word, index) => [`word${index}`, word])),
  schoolId: school.id,
  academicSessionId: input.academicSessionId,
})

const inTerm = (db: Reader) =>
  exists(
    db
      .select({ one: sql`1` })
      .from(classTerms)
      .where(
        and(
          eq(classTerms.schoolId, classes.schoolId),
          eq(classTerms.classId, classes.id),
          eq(classTerms.academicSessionId, p('academicSessionId')),
          isNull(classTerms.archivedAt),
        ),
      ),
  )

const matching = (db: Reader, filter: Filter) =>
  and(
    eq(classes.schoolId, p('schoolId')),
    filter.archived ? isNotNull(classes.archivedAt) : isNull(classes.archivedAt),
    ...Array.from({ length: filter.words }, (_, index) => contains(classes.sortName, p(`word${index}`))),
    filter.academicSessionId ? inTerm(db) : undefined,
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
      sortName: classes.sortName,
    })
    .from(classes)
    .leftJoin(courses, and(eq(courses.schoolId, classes.schoolId), eq(courses.id, classes.courseId)))
    .leftJoin(rooms, and(eq(rooms.schoolId, classes.schoolId), eq(rooms.id, classes.roomId)))
    .where(and(matching(db, filter), filter.continued ? after : undefined))
    .orderBy(asc(classes.sortName), asc(classes.id))
    .limit(p('limit'))
})

/** Who teaches each of these classes, the primary instructor first. */
export async function instructorsOf(db: Reader, schoolId: number, classIds: readonly string[]) {
  if (!classIds.length) return []
  return db
    .select({
      classId: classInstructors.classId,
      id: instructors.id,
      givenName: instructors.givenName,
      familyName: instructors.familyName,
      isPrimary: classInstructors.isPrimary,
    })
    .from(classInstructors)
    .innerJoin(
      instructors,
      and(eq(instructors.schoolId, classInstructors.schoolId), eq(instructors.id, classInstructors.instructorId)),
    )
    .where(
      and(
        eq(classInstructors.schoolId, schoolId),
        inArray(classInstructors.classId, [...classIds]),
        isNull(classInstructors.archivedAt),
      ),
    )
    .orderBy(sql`${classInstructors.isPrimary} desc`, asc(instructors.sortName), asc(instructors.id))
}

/** One page with seats taken today and instructors, and the cursor of the next; null at the end. */
export async function listClasses(ctx: Context, input: ListClassesInput) {
  const words = searchWords(input.search)
  const shape = { ...filterOf(ctx, input, words), continued: Boolean(input.cursor) }
  const values = { ...filterValues(ctx, input, words), ...input.cursor, limit: input.limit + 1, today: today(ctx) }
  const found = await page(ctx.db, JSON.stringify(shape), values)
  const last = found.length > input.limit ? found[input.limit - 1] : undefined
  const shown = found.slice(0, input.limit)
  const teachers = await instructorsOf(
    ctx.db,
    ctx.school.id,
    shown.map(({ id }) => id),
  )
  const rows = shown.map(({ sortName: _, ...row }) => ({
    ...row,
    instructors: teachers.filter(({ classId }) => classId === row.id).map(({ classId: __, ...teacher }) => teacher),
  }))
  return { rows, next: last ? { key: '', name: last.sortName, id: last.id } : null }
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
