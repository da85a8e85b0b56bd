import { asc, eq, exists, gte, inArray, lte, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { inNaturalOrder, searchable } from '../../db/folding.ts'
import { prepared } from '../../db/prepared.ts'
import { inUse, refersTo } from '../../db/rows.ts'
import { academicSessions, classes, classTerms, courses, rooms } from '../../db/schema/index.ts'
import { today } from '../calendar.ts'
import { instructorsOf } from '../classes/list.ts'
import type { Context } from '../context.ts'
import { holds } from '../records/paged-list.ts'
import type { Scope } from '../scope.ts'
import { scopeOf, teaches } from '../scope.ts'
import { rank, valuesOf } from './rank.ts'

const p = sql.placeholder

const isRunning = (db: Reader) =>
  exists(
    db
      .select({ one: sql`1` })
      .from(classTerms)
      .innerJoin(academicSessions, refersTo(classTerms.academicSessionId, academicSessions))
      .where(
        inUse(
          classTerms,
          classes.schoolId,
          eq(classTerms.classId, classes.id),
          lte(academicSessions.startDate, p('today')),
          gte(academicSessions.endDate, p('today')),
        ),
      ),
  )

interface ClassShape {
  words: number
  scope: Scope
}
const classesFound = prepared((db, text: string) => {
  const { words, scope } = JSON.parse(text) as ClassShape
  return db
    .select({ id: classes.id, title: classes.title, code: classes.code })
    .from(classes)
    .where(
      inUse(
        classes,
        p('schoolId'),
        holds(classes.sortName, words),
        scope === 'own' ? teaches(db, classes.schoolId, classes.id) : undefined,
      ),
    )
    .orderBy(
      rank(classes.sortName, words),
      sql`case when ${isRunning(db)} then 0 else 1 end`,
      asc(classes.sortName),
      asc(classes.id),
    )
    .limit(8)
})

async function termsOf({ db, school }: Context, classIds: string[]) {
  if (!classIds.length) return []
  return db
    .select({ classId: classTerms.classId, title: academicSessions.title })
    .from(classTerms)
    .innerJoin(academicSessions, refersTo(classTerms.academicSessionId, academicSessions))
    .where(inUse(classTerms, school.id, inArray(classTerms.classId, classIds)))
    .orderBy(asc(academicSessions.startDate), asc(academicSessions.id))
}

export async function findClasses(ctx: Context, words: string[]) {
  const shape: ClassShape = { words: words.length, scope: scopeOf(ctx.actor) }
  const found = await classesFound(ctx.db, JSON.stringify(shape), { ...valuesOf(ctx, words), today: today(ctx) })
  const ids = found.map(({ id }) => id)
  const [terms, teachers] = await Promise.all([termsOf(ctx, ids), instructorsOf(ctx.db, ctx, ids)])
  return found.map((row) => ({
    ...row,
    terms: terms.filter(({ classId }) => classId === row.id).map(({ title }) => title),
    instructors: teachers
      .filter(({ classId }) => classId === row.id)
      .map(({ givenName, familyName }) => ({ givenName, familyName })),
  }))
}

/** The school has only hundreds of these, so JavaScript searches them. */
function fitting<Row>(rows: Row[], words: string[], textOf: (row: Row) => string): Row[] {
  const folded = rows.map((row) => ({ row, text: ` ${searchable(textOf(row))}` }))
  const begins = ({ text }: { text: string }) => (words.every((word) => text.includes(` ${word}`)) ? 0 : 1)
  return folded
    .filter(({ text }) => words.every((word) => text.includes(word)))
    .toSorted((a, b) => begins(a) - begins(b) || inNaturalOrder(textOf(a.row), textOf(b.row)))
    .slice(0, 4)
    .map(({ row }) => row)
}

const currentCourses = prepared((db, _shape: 'all') =>
  db
    .select({ id: courses.id, title: courses.title, code: courses.code })
    .from(courses)
    .where(inUse(courses, p('schoolId'))),
)
export const findCourses = async ({ db, school }: Context, words: string[]) =>
  fitting(
    await currentCourses(db, 'all', { schoolId: school.id }),
    words,
    ({ title, code }) => `${title} ${code ?? ''}`,
  )

const currentRooms = prepared((db, _shape: 'all') =>
  db
    .select({ id: rooms.id, name: rooms.name, seats: rooms.seats })
    .from(rooms)
    .where(inUse(rooms, p('schoolId'))),
)
export const findRooms = async ({ db, school }: Context, words: string[]) =>
  fitting(await currentRooms(db, 'all', { schoolId: school.id }), words, ({ name }) => name)
