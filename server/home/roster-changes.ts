import { and, asc, eq, gte, inArray, isNull, sql } from 'drizzle-orm'
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
import type { Context } from '../context.ts'
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

const changedIn = (ctx: Context, classIds: string[], since: Date) =>
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
      ),
    )

const shown = 40
const rosterLines = ({ db, school }: Context, ids: string[]) =>
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
    .where(inUse(enrollments, school.id, inArray(enrollments.id, ids)))
    .orderBy(asc(classes.sortName), asc(classes.id), asc(students.sortName), asc(students.id))
    .limit(shown)

/** One range of the index for each class answers, however long the journal and the lists of last year are. */
export async function readRosterChanges(ctx: Context) {
  const [own] = await Promise.all([
    ownClasses(ctx.db, 'all', { ...scopeValues(ctx.actor), schoolId: ctx.school.id }),
    fillJournal(ctx.db, ctx.school.id),
  ])
  if (!own.length) return []
  const changed = await changedIn(ctx, idsOf(own), sinceYesterday(ctx))
  return changed.length ? rosterLines(ctx, idsOf(changed)) : []
}
