import { and, asc, eq, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import { inUse, refersTo } from '../../db/rows.ts'
import { classes, courses, departments } from '../../db/schema/index.ts'
import { readTerms } from '../academic-sessions/open.ts'
import { today } from '../calendar.ts'
import { shadowed } from '../calls/shadow.ts'
import { inTerm } from '../classes/conditions/in-term.ts'
import { isSeated } from '../classes/conditions/read.ts'
import type { Context } from '../context.ts'
import { takenByClass, takenSeats } from '../enrollments/seats.ts'
import { isOn } from '../flags/is-on.ts'
import { kept } from '../journal/kept.ts'

const p = sql.placeholder

type Shape = 'term' | 'all'
const ofShape = (db: Reader, shape: Shape) => inUse(classes, p('schoolId'), shape === 'term' ? inTerm(db) : undefined)

const seatedEach = (db: Reader, shape: Shape) =>
  db
    .select({
      departmentId: courses.departmentId,
      isFull: sql<number>`case when ${isSeated.full(db)} then 1 else 0 end`.as('is_full'),
      capacity: classes.capacity,
      taken: takenSeats(db, classes.schoolId, classes.id).as('taken'),
    })
    .from(classes)
    .leftJoin(courses, refersTo(classes.courseId, courses))
    .where(ofShape(db, shape))
    .as('seated')

/** It counts the seats of all classes in one pass, where the other looks twice into each class. */
function seatedAtOnce(db: Reader, shape: Shape) {
  const taken = takenByClass(db)
  const seats = sql<number>`coalesce(${taken.seats}, 0)`
  return db
    .select({
      departmentId: courses.departmentId,
      isFull: sql<number>`case when ${seats} >= ${classes.capacity} then 1 else 0 end`.as('is_full'),
      capacity: classes.capacity,
      taken: seats.as('taken'),
    })
    .from(classes)
    .leftJoin(courses, refersTo(classes.courseId, courses))
    .leftJoin(taken, eq(taken.classId, classes.id))
    .where(ofShape(db, shape))
    .as('seated')
}

const byDepartment = (db: Reader, seated: ReturnType<typeof seatedEach>) =>
  db
    .select({
      id: seated.departmentId,
      name: departments.name,
      classes: sql<number>`count(*)`.mapWith(Number),
      full: sql<number>`sum(${seated.isFull})`.mapWith(Number),
      // Where there is no limit, nobody can say how many seats there are.
      seats: sql<number>`sum(coalesce(${seated.capacity}, 0))`.mapWith(Number),
      taken: sql<number>`sum(case when ${seated.capacity} is null then 0 else ${seated.taken} end)`.mapWith(Number),
    })
    .from(seated)
    .leftJoin(departments, and(eq(departments.schoolId, p('schoolId')), eq(departments.id, seated.departmentId)))
    .groupBy(seated.departmentId, departments.name)
    .orderBy(asc(departments.name), asc(seated.departmentId))

const eachClass = prepared((db, shape: Shape) => byDepartment(db, seatedEach(db, shape)))
const atOnce = prepared((db, shape: Shape) => byDepartment(db, seatedAtOnce(db, shape)))

interface Asked {
  shape: Shape
  values: Record<string, unknown>
}
export const seatsRewritten = {
  name: 'home.figures',
  was: (db: Reader, { shape, values }: Asked) => eachClass(db, shape, values),
  becomes: (db: Reader, { shape, values }: Asked) => atOnce(db, shape, values),
  share: 0.1,
  patience: 2_000,
}
const seatsByDepartment = shadowed(seatsRewritten)
type Row = Awaited<ReturnType<typeof seatsByDepartment>>[number]

const sumOf = (rows: readonly Row[], of: 'classes' | 'full' | 'seats' | 'taken') =>
  rows.reduce((sum, row) => sum + row[of], 0)
const counted = (rows: readonly Row[]) => ({
  left: sumOf(rows, 'classes') - sumOf(rows, 'full'),
  full: sumOf(rows, 'full'),
  seats: sumOf(rows, 'seats'),
  taken: sumOf(rows, 'taken'),
})
type Counted = ReturnType<typeof counted>
/** A department without any capacity comes last. */
const shareTaken = ({ taken, seats }: Counted) => (seats ? taken / seats : -1)

const departmentsShown = 6

/** Of the current term, between terms of the next one, and in a school without terms of all classes. */
async function readSeats(ctx: Context) {
  const { current, next } = await readTerms(ctx)
  const term = current ?? next
  const values = { schoolId: ctx.school.id, today: today(ctx) }
  const asked: Asked = term
    ? { shape: 'term', values: { ...values, academicSessionIdAsked: term.id } }
    : { shape: 'all', values }
  const rows = await seatsByDepartment(ctx.db, asked, isOn(ctx, 'shadow-seats'))
  const named = rows.flatMap((row) =>
    row.id && row.name !== null ? [{ id: row.id, name: row.name, ...counted([row]) }] : [],
  )
  const shown = named.toSorted((a, b) => shareTaken(b) - shareTaken(a)).slice(0, departmentsShown)
  return { term: term ? { id: term.id, title: term.title } : null, ...counted(rows), departments: shown }
}
export const readSeatsFigure = kept(
  ['class', 'classTerm', 'academicSession', 'course', 'department', 'enrollment'],
  readSeats,
)
