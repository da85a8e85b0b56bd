import { asc, eq, exists, isNull, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import { inUse } from '../../db/rows.ts'
import { classes, meetings, programs, students } from '../../db/schema/index.ts'
import type { ClassAttention, JournalEntity } from '../../db/values.ts'
import { classAttentions } from '../../db/values.ts'
import { allows } from '../access.ts'
import { statusOn } from '../at-school.ts'
import { today } from '../calendar.ts'
import { toMend } from '../classes/conditions/read.ts'
import type { Context } from '../context.ts'
import { takenSeats } from '../enrollments/seats.ts'
import type { SchoolChanges } from '../journal/kept.ts'
import { kept } from '../journal/kept.ts'
import { knownCollidingClasses } from '../meetings/colliding.ts'
import { called } from '../people.ts'
import { listDuplicates } from '../students/duplicates/list.ts'

const p = sql.placeholder

export interface Named {
  id: string
  name: string
  /** It distinguishes records of one name, such as a class's code. */
  detail: string | null
}
export const attentionKinds = [
  'classesOverCapacity',
  'classesWithFreeSeats',
  'classesColliding',
  'classesWithoutInstructor',
  'classesWithoutMeetings',
  'studentsTwice',
  'studentsWithoutProgram',
] as const
export interface Attention {
  kind: (typeof attentionKinds)[number]
  count: number
  first: Named[]
}
/** Nobody corrects more in a morning. */
const shown = 40
const total = sql<number>`count(*) over ()`.mapWith(Number)
/** A school without a timetable misses no meetings. */
const hasTimetable = (db: Reader) =>
  exists(
    db
      .select({ one: sql`1` })
      .from(meetings)
      .where(inUse(meetings, p('schoolId'))),
  )
const classesToMend = prepared((db, what: ClassAttention) =>
  db
    .select({
      id: classes.id,
      title: classes.title,
      code: classes.code,
      capacity: classes.capacity,
      ...(what === 'overCapacity' && { taken: takenSeats(db, classes.schoolId, classes.id) }),
      total,
    })
    .from(classes)
    .where(inUse(classes, p('schoolId'), toMend(db, what), what === 'noMeetings' ? hasTimetable(db) : undefined))
    .orderBy(asc(classes.sortName), asc(classes.id))
    .limit(shown),
)

const kindOf: Record<ClassAttention, Attention['kind']> = {
  overCapacity: 'classesOverCapacity',
  freeSeats: 'classesWithFreeSeats',
  colliding: 'classesColliding',
  noInstructor: 'classesWithoutInstructor',
  noMeetings: 'classesWithoutMeetings',
}
async function aboutClasses(ctx: Context, what: ClassAttention): Promise<Attention> {
  const colliding = what === 'colliding' && { collidingAsked: JSON.stringify(await knownCollidingClasses(ctx)) }
  const rows = await classesToMend(ctx.db, what, { schoolId: ctx.school.id, today: today(ctx), ...colliding })
  const first = rows.map(({ id, title, code, taken, capacity }) => ({
    id,
    name: title,
    detail: taken === undefined ? code : `${taken} / ${capacity}`,
  }))
  return { kind: kindOf[what], count: rows[0]?.total ?? 0, first }
}

const studentNamed = (row: { id: string; givenName: string; familyName: string; number: string | null }): Named => ({
  id: row.id,
  name: called(row),
  detail: row.number,
})

/** A school without programs misses none. */
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
      inUse(
        students,
        p('schoolId'),
        isNull(students.programId),
        eq(statusOn(p('today')), 'active'),
        exists(
          db
            .select({ one: sql`1` })
            .from(programs)
            .where(inUse(programs, p('schoolId'))),
        ),
      ),
    )
    .orderBy(asc(students.sortName), asc(students.id))
    .limit(shown),
)

async function studentsTwice(ctx: Context): Promise<Attention> {
  const { count, pairs } = await listDuplicates(ctx, shown)
  const records = pairs.flatMap(({ one, other }) => [one, other])
  const first = [...new Map(records.map((record) => [record.id, record])).values()]
  return { kind: 'studentsTwice', count, first: first.map(studentNamed) }
}

async function studentsWithoutProgram(ctx: Context): Promise<Attention> {
  const { db, school } = ctx
  const missing = await withoutProgram(db, 'all', { schoolId: school.id, today: today(ctx) })
  const first = missing.map(({ total: _, ...row }) => studentNamed(row))
  return { kind: 'studentsWithoutProgram', count: missing[0]?.total ?? 0, first }
}

const alsoReads: Record<ClassAttention, readonly JournalEntity[]> = {
  overCapacity: ['enrollment'],
  freeSeats: ['enrollment', 'student'],
  colliding: ['meeting', 'classInstructor', 'instructor'],
  noInstructor: ['classInstructor'],
  noMeetings: ['meeting'],
}
const ofClasses = classAttentions.map((what) =>
  kept(['class', 'classTerm', 'academicSession', ...alsoReads[what]], (ctx) => aboutClasses(ctx, what)),
)
const ofStudents = [
  kept(['student', 'schoolEnrollment'], studentsTwice),
  kept(['student', 'schoolEnrollment', 'program'], studentsWithoutProgram),
]

/** Only what the actor could correct is included, the most pressing first. */
export async function readAttention(ctx: Context, since: Promise<SchoolChanges>): Promise<Attention[]> {
  const { actor } = ctx
  const reads = [
    ...(allows(actor, 'class.write') ? ofClasses : []),
    ...(allows(actor, 'student.write') ? ofStudents : []),
  ]
  const found = await Promise.all(reads.map((read) => read(ctx, since)))
  return found.filter(({ count }) => count > 0)
}
