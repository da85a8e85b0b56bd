import { and, asc, eq, exists, gte, inArray, isNotNull, isNull, not, or, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { alias } from '../../db/kit.ts'
import { prepared } from '../../db/prepared.ts'
import { classes, classInstructors, enrollments, meetings, programs, students } from '../../db/schema/index.ts'
import { allows } from '../access.ts'
import type { Context } from '../context.ts'
import { today } from '../context.ts'
import { takenSeats } from '../enrollments/seats.ts'
import { isCurrent } from './schedule.ts'

const p = sql.placeholder

export interface Named {
  id: string
  name: string
  /** What tells it from others of that name, such as a class's code. */
  detail: string | null
}
export const attentionKinds = [
  'classesOverCapacity',
  'classesWithFreeSeats',
  'classesWithoutInstructor',
  'classesWithoutMeetings',
  'studentsTwice',
  'studentsWithoutProgram',
] as const
/** Something to be mended: how many there are, and the first few. */
export interface Attention {
  kind: (typeof attentionKinds)[number]
  count: number
  first: Named[]
}
/** For a screen to unfold; nobody mends more in a morning. */
const shown = 40
const line = <Row>(kind: Attention['kind'], rows: Row[], named: (row: Row) => Named): Attention => ({
  kind,
  count: rows.length,
  first: rows.slice(0, shown).map(named),
})

const isTaught = (db: Reader) =>
  exists(
    db
      .select({ one: sql`1` })
      .from(classInstructors)
      .where(
        and(
          eq(classInstructors.schoolId, classes.schoolId),
          eq(classInstructors.classId, classes.id),
          isNull(classInstructors.archivedAt),
          or(isNull(classInstructors.endDate), gte(classInstructors.endDate, p('today'))),
        ),
      ),
  )
const hasMeetings = (db: Reader) =>
  exists(
    db
      .select({ one: sql`1` })
      .from(meetings)
      .where(
        and(
          eq(meetings.schoolId, classes.schoolId),
          eq(meetings.classId, classes.id),
          isNull(meetings.archivedAt),
          or(isNull(meetings.validTo), gte(meetings.validTo, p('today'))),
        ),
      ),
  )
/** A place in the waitlist is a positive number: the index finds the first without reading the class's enrollments. */
const hasWaiting = (db: Reader) =>
  exists(
    db
      .select({ one: sql`1` })
      .from(enrollments)
      .where(
        and(
          eq(enrollments.schoolId, classes.schoolId),
          eq(enrollments.classId, classes.id),
          sql`${enrollments.waitlistPosition} > 0`,
          eq(enrollments.status, 'waitlisted'),
          isNull(enrollments.archivedAt),
        ),
      ),
  )

const currentClasses = (db: Reader) =>
  and(eq(classes.schoolId, p('schoolId')), isNull(classes.archivedAt), isCurrent(db))
const flag = (condition: unknown) => sql<number>`case when ${condition} then 1 else 0 end`.mapWith(Number)

/** Current classes that lack something or in which somebody waits. Meetings are missed only where there is a timetable. */
const lackingClasses = prepared((db, _shape: 'all') => {
  const anyMeeting = db
    .select({ one: sql`1` })
    .from(meetings)
    .where(and(eq(meetings.schoolId, p('schoolId')), isNull(meetings.archivedAt)))
  const lacksMeetings = and(exists(anyMeeting), not(hasMeetings(db)))
  return db
    .select({
      id: classes.id,
      title: classes.title,
      code: classes.code,
      isTaught: flag(isTaught(db)),
      lacksMeetings: flag(lacksMeetings),
      hasWaiting: flag(hasWaiting(db)),
      hasFreeSeats: flag(
        sql`${hasWaiting(db)} and (${classes.capacity} is null or ${takenSeats(db, classes.schoolId, classes.id)} < ${classes.capacity})`,
      ),
    })
    .from(classes)
    .where(and(currentClasses(db), or(not(isTaught(db)), hasWaiting(db), lacksMeetings)))
    .orderBy(asc(classes.sortName), asc(classes.id))
})

const counted = alias(classes, 'counted')
/** More enrolled rows than seats: over capacity, unless a student has two. Counting students takes twice as long. */
const mayBeOverfull = (db: Reader) => {
  const rows = db
    .select({ rows: sql`count(*)` })
    .from(enrollments)
    .where(
      and(
        eq(enrollments.schoolId, counted.schoolId),
        eq(enrollments.classId, counted.id),
        sql`${enrollments.status} = 'enrolled'`,
        isNull(enrollments.archivedAt),
        or(isNull(enrollments.endDate), gte(enrollments.endDate, p('today'))),
      ),
    )
  return db
    .select({ id: counted.id })
    .from(counted)
    .where(and(eq(counted.schoolId, p('schoolId')), isNull(counted.archivedAt), sql`(${rows}) > ${counted.capacity}`))
}
const overfullClasses = prepared((db, _shape: 'all') => {
  const taken = takenSeats(db, classes.schoolId, classes.id)
  return db
    .select({ id: classes.id, title: classes.title, code: classes.code, capacity: classes.capacity, taken })
    .from(classes)
    .where(
      and(
        inArray(classes.id, mayBeOverfull(db)),
        eq(classes.schoolId, p('schoolId')),
        isCurrent(db),
        sql`${taken} > ${classes.capacity}`,
      ),
    )
    .orderBy(asc(classes.sortName), asc(classes.id))
})

const classNamed = ({ id, title, code }: { id: string; title: string; code: string | null }): Named => ({
  id,
  name: title,
  detail: code,
})

async function aboutClasses(ctx: Context): Promise<Attention[]> {
  const values = { schoolId: ctx.school.id, today: today(ctx) }
  const [lacking, overfull] = await Promise.all([
    lackingClasses(ctx.db, 'all', values),
    overfullClasses(ctx.db, 'all', values),
  ])
  const where = (test: (row: (typeof lacking)[number]) => boolean) => lacking.filter(test)
  return [
    line('classesOverCapacity', overfull, (row) => ({ ...classNamed(row), detail: `${row.taken} / ${row.capacity}` })),
    line(
      'classesWithFreeSeats',
      where(({ hasFreeSeats }) => hasFreeSeats === 1),
      classNamed,
    ),
    line(
      'classesWithoutInstructor',
      where(({ isTaught: is }) => is === 0),
      classNamed,
    ),
    line(
      'classesWithoutMeetings',
      where((row) => row.lacksMeetings === 1),
      classNamed,
    ),
  ]
}

const total = sql<number>`count(*) over ()`.mapWith(Number)
const studentNamed = (row: { id: string; givenName: string; familyName: string; number: string | null }): Named => ({
  id: row.id,
  name: `${row.givenName} ${row.familyName}`,
  detail: row.number,
})

/** Missed only in schools that have programs. */
const withoutProgram = prepared((db, _shape: 'all') =>
  db
    .select({
      id: students.id,
      givenName: students.givenName,
      familyName: students.familyName,
      number: students.number,
      total,
    })
    .from(students)
    .where(
      and(
        eq(students.schoolId, p('schoolId')),
        isNull(students.archivedAt),
        isNull(students.programId),
        eq(students.status, 'active'),
        exists(
          db
            .select({ one: sql`1` })
            .from(programs)
            .where(and(eq(programs.schoolId, p('schoolId')), isNull(programs.archivedAt))),
        ),
      ),
    )
    .orderBy(asc(students.sortName), asc(students.id))
    .limit(shown),
)

/** Names that several students of one birth date share; the index of both holds all that is read. */
const sharedNames = prepared((db, _shape: 'all') =>
  db
    .select({ sortName: students.sortName, birthDate: students.birthDate, total })
    .from(students)
    .where(and(eq(students.schoolId, p('schoolId')), isNull(students.archivedAt), isNotNull(students.birthDate)))
    .groupBy(students.sortName, students.birthDate)
    .having(sql`count(*) > 1`)
    .orderBy(asc(students.sortName), asc(students.birthDate))
    .limit(shown),
)
async function studentsTwice({ db, school }: Context): Promise<Attention> {
  const shared = await sharedNames(db, 'all', { schoolId: school.id })
  if (!shared.length) return { kind: 'studentsTwice', count: 0, first: [] }
  const isShared = shared.map(({ sortName, birthDate }) =>
    and(eq(students.sortName, sortName), eq(students.birthDate, birthDate ?? '')),
  )
  const rows = await db
    .select({
      id: students.id,
      givenName: students.givenName,
      familyName: students.familyName,
      number: students.number,
    })
    .from(students)
    .where(and(eq(students.schoolId, school.id), isNull(students.archivedAt), or(...isShared)))
    .orderBy(asc(students.sortName), asc(students.birthDate), asc(students.id))
  return { kind: 'studentsTwice', count: shared[0]?.total ?? 0, first: rows.map(studentNamed) }
}

async function aboutStudents(ctx: Context): Promise<Attention[]> {
  const [missing, twice] = await Promise.all([
    withoutProgram(ctx.db, 'all', { schoolId: ctx.school.id }),
    studentsTwice(ctx),
  ])
  const without = missing.map(({ total: _, ...row }) => studentNamed(row))
  return [twice, { kind: 'studentsWithoutProgram', count: missing[0]?.total ?? 0, first: without }]
}

/** What the actor could mend, the most pressing first; nothing that is in order. */
export async function readAttention(ctx: Context): Promise<Attention[]> {
  const { role } = ctx.actor
  const [ofClasses, ofStudents] = await Promise.all([
    allows(role, 'class.write') ? aboutClasses(ctx) : [],
    allows(role, 'student.write') ? aboutStudents(ctx) : [],
  ])
  return [...ofClasses, ...ofStudents].filter(({ count }) => count > 0)
}
