import { eq, gte, isNull, lte, or, sql } from 'drizzle-orm'
import { prepared } from '../../db/prepared.ts'
import { inUse, refersTo } from '../../db/rows.ts'
import { schoolEnrollments, students } from '../../db/schema/index.ts'
import { gradeOn, statusOn } from '../at-school.ts'
import { today, yearBefore } from '../calendar.ts'
import type { Context } from '../context.ts'
import { kept } from '../journal/kept.ts'

const p = sql.placeholder
const count = sql<number>`count(*)`.mapWith(Number)

const gradesNow = prepared((db, _shape: 'all') => {
  const active = db
    .select({ grade: gradeOn(p('today')).as('grade') })
    .from(students)
    .where(inUse(students, p('schoolId'), eq(statusOn(p('today')), 'active')))
    .as('active')
  return db.select({ grade: active.grade, count }).from(active).groupBy(active.grade)
})

const { schoolId, gradeLevel, beginDate, endDate, exitType } = schoolEnrollments
const endedTheYear = sql<number>`sum(case when ${endDate} <= ${p('today')}
  and ${exitType} in ('endOfYear', 'graduated', 'completed') then 1 else 0 end)`.mapWith(Number)

/** Only days at the school tell of a year ago: what is stored of a student is of now. */
const gradesThen = prepared((db, _shape: 'all') =>
  db
    .select({ grade: gradeLevel, count, ended: endedTheYear })
    .from(schoolEnrollments)
    .innerJoin(students, refersTo(schoolEnrollments.studentId, students))
    .where(
      inUse(
        schoolEnrollments,
        p('schoolId'),
        isNull(students.archivedAt),
        lte(beginDate, p('then')),
        or(isNull(endDate), gte(endDate, p('then'))),
      ),
    )
    .groupBy(schoolId, gradeLevel),
)

const sumOf = (rows: readonly { count: number }[]) => rows.reduce((sum, one) => sum + one.count, 0)

interface Then {
  total: number | null
  in(grade: string | null): number | null
}
/** A register filled with today's students knows nobody who has left, and would show growth. Last year counts only where days were ended in it; by grade, only where nearly all had one. */
function thenOf(rows: readonly { grade: string | null; count: number; ended: number }[]): Then {
  const total = sumOf(rows)
  const unknown = sumOf(rows.filter(({ grade }) => grade === null))
  if (!rows.some(({ ended }) => ended > 0)) return { total: null, in: () => null }
  const counts = new Map(rows.map((row) => [row.grade, row.count]))
  return { total, in: (grade) => (unknown * 10 > total || grade === null ? null : (counts.get(grade) ?? 0)) }
}

/** Grade levels are free text, and a picture has so many places; the total is of all. */
const gradesShown = 24

async function readEnrollment(ctx: Context) {
  const then = yearBefore(today(ctx))
  const values = { schoolId: ctx.school.id, today: today(ctx) }
  const [now, before] = await Promise.all([
    gradesNow(ctx.db, 'all', values),
    gradesThen(ctx.db, 'all', { ...values, then }),
  ])
  const past = thenOf(before)
  const rows = now.toSorted((one, other) => other.count - one.count).slice(0, gradesShown)
  return {
    comparedWith: past.total === null ? null : then,
    total: sumOf(now),
    before: past.total,
    grades: rows.map((row) => ({ gradeLevel: row.grade, count: row.count, before: past.in(row.grade) })),
  }
}
export const readEnrollmentFigure = kept(['student', 'schoolEnrollment'], readEnrollment)
