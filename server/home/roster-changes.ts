import { and, asc, eq, gte, inArray, isNull, or, sql } from 'drizzle-orm'
import { hasAnyOf, isAmong } from '../../db/kit.ts'
import { prepared } from '../../db/prepared.ts'
import { inUse, refersTo } from '../../db/rows.ts'
import {
  classes,
  classInstructors,
  enrollments,
  journal,
  journalOwners,
  operations,
  students,
} from '../../db/schema/index.ts'
import type { EnrollmentStatus } from '../../db/values.ts'
import { enrollmentStatuses } from '../../db/values.ts'
import type { Context } from '../context.ts'
import { grouped } from '../grouped.ts'
import { fillJournal } from '../kinds.ts'
import { idsOf } from '../records/kind.ts'
import { scopeValues } from '../scope.ts'
import { sinceYesterday } from './changes.ts'

const p = sql.placeholder

const ownClasses = prepared((db, _shape: 'all') =>
  db
    .selectDistinct({ id: classes.id })
    .from(classInstructors)
    .innerJoin(classes, refersTo(classInstructors.classId, classes))
    .where(
      inUse(
        classInstructors,
        p('schoolId'),
        eq(classInstructors.instructorId, p('instructorId')),
        isNull(classes.archivedAt),
      ),
    ),
)

const firstSince = ({ db, school }: Context, since: Date) =>
  db
    .select({ number: operations.number })
    .from(operations)
    .where(and(eq(operations.schoolId, school.id), gte(operations.at, since)))
    .orderBy(asc(operations.at))
    .limit(1)

/** A corrected date neither brings nor takes anybody. */
const moves = or(eq(journal.version, 1), hasAnyOf(journal.fields, ['status', 'archivedAt']))

const movedIn = (ctx: Context, classIds: string[], since: Date) =>
  ctx.db
    .selectDistinct({ id: journal.entityId })
    .from(journalOwners)
    .innerJoin(journal, and(eq(journal.schoolId, journalOwners.schoolId), eq(journal.number, journalOwners.number)))
    .where(
      and(
        eq(journalOwners.schoolId, ctx.school.id),
        eq(journalOwners.entity, 'class'),
        inArray(journalOwners.id, classIds),
        gte(journalOwners.number, firstSince(ctx, since)),
        eq(journal.entity, 'enrollment'),
        moves,
      ),
    )

const readMoved = ({ db, school }: Context, ids: string[]) =>
  db
    .select({
      id: enrollments.id,
      status: enrollments.status,
      classId: classes.id,
      classTitle: classes.title,
      studentId: students.id,
      givenName: students.givenName,
      familyName: students.familyName,
    })
    .from(enrollments)
    .innerJoin(classes, refersTo(enrollments.classId, classes))
    .innerJoin(students, refersTo(enrollments.studentId, students))
    .where(inUse(enrollments, school.id, isAmong(enrollments.id, JSON.stringify(ids))))
    .orderBy(asc(classes.sortName), asc(classes.id), asc(students.sortName), asc(students.id), asc(enrollments.id))
type Moved = Awaited<ReturnType<typeof readMoved>>[number]

const strength: readonly EnrollmentStatus[] = ['withdrawn', 'completed', 'waitlisted', 'enrolled']
/** A student who left a class and came back is in it: each student counts once in a class. */
function eachOnce(rows: readonly Moved[]): Moved[] {
  const ofStudents = [...grouped(rows, ({ classId, studentId }) => `${classId} ${studentId}`).values()]
  return ofStudents.flatMap(
    (own) => own.toSorted((a, b) => strength.indexOf(b.status) - strength.indexOf(a.status))[0] ?? [],
  )
}

const rowsShown = 40
const linesShown = 40
const namesShown = 3
function lineOf(status: EnrollmentStatus, moved: readonly Moved[]) {
  const [first] = moved
  if (!first) return []
  const named = moved.length > namesShown ? [] : moved
  return {
    ...{ status, classId: first.classId, classTitle: first.classTitle, count: moved.length },
    students: named.map(({ studentId: id, givenName, familyName }) => ({ id, givenName, familyName })),
  }
}
const newsOf = (rows: readonly Moved[]) =>
  [...grouped(eachOnce(rows), ({ classId }) => classId).values()]
    .flatMap((moved) =>
      enrollmentStatuses.flatMap((status) =>
        lineOf(
          status,
          moved.filter((one) => one.status === status),
        ),
      ),
    )
    .slice(0, linesShown)

/** One range of the index for each class answers, however long the journal and the lists of last year are. */
export async function readRosterChanges(ctx: Context) {
  const [own] = await Promise.all([
    ownClasses(ctx.db, 'all', { ...scopeValues(ctx.actor), schoolId: ctx.school.id }),
    fillJournal(ctx.db, ctx.school.id),
  ])
  const moved = own.length ? await movedIn(ctx, idsOf(own), sinceYesterday(ctx)) : []
  const rows = moved.length ? await readMoved(ctx, idsOf(moved)) : []
  // Screens of the release before show each student.
  return { rosterChanges: rows.slice(0, rowsShown), rosterNews: newsOf(rows) }
}
