import { eq, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import { inUse } from '../../db/rows.ts'
import {
  academicSessions,
  classes,
  courses,
  instructors,
  memberships,
  rooms,
  schools,
  students,
} from '../../db/schema/index.ts'
import { allows } from '../access.ts'
import type { Context } from '../context.ts'

const p = sql.placeholder
const tables = { academicSessions, rooms, courses, instructors, classes, students, memberships }

const countIn = (db: Reader, table: (typeof tables)[keyof typeof tables]) =>
  sql<number>`(${db
    .select({ count: sql`count(*)` })
    .from(table as typeof rooms)
    .where(inUse(table as typeof rooms, p('schoolId')))})`.mapWith(Number)

const counted = prepared((db, _shape: 'all') =>
  db
    .select({
      academicSession: countIn(db, academicSessions),
      room: countIn(db, rooms),
      course: countIn(db, courses),
      instructor: countIn(db, instructors),
      class: countIn(db, classes),
      student: countIn(db, students),
      membership: countIn(db, memberships),
    })
    .from(schools)
    .where(eq(schools.id, p('schoolId'))),
)

/** How many of each kind are in use, for the first steps of a school; null where the reader sees none of them. */
export async function readBeginning({ db, school, actor }: Context) {
  const [counts] = await counted(db, 'all', { schoolId: school.id })
  if (!counts) throw new Error('the school of the request is not there')
  return { ...counts, membership: allows(actor, 'member.read') ? counts.membership : null }
}
