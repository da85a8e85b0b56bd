import { and, eq, exists, isNull, sql } from 'drizzle-orm'
import { classes, classInstructors } from '../../db/schema/index.ts'
import { classInstructorKind } from '../class-instructors/kind.ts'
import { today } from '../context.ts'
import { departmentKind } from '../departments/kind.ts'
import type { Foundation } from '../records/archive.ts'
import { refersToCurrent } from '../records/refer.ts'
import { changeStanding, standingOf } from '../records/standing.ts'
import { verbsOf } from '../records/verbs.ts'
import { instructorKind } from './kind.ts'
import { isOpenOn, readInstructor } from './read.ts'

/** To end it ends the assignments today; those that have not begun are archived. */
const foundation: Foundation<typeof instructorKind.table> = {
  standingOn: async (tx, ctx, { schoolId, id }) => [
    await standingOf(
      tx,
      'class',
      { table: classes, name: classes.title },
      schoolId,
      exists(
        tx
          .select({ one: sql`1` })
          .from(classInstructors)
          .where(
            and(
              eq(classInstructors.schoolId, schoolId),
              eq(classInstructors.classId, classes.id),
              eq(classInstructors.instructorId, id),
              isNull(classInstructors.archivedAt),
              isOpenOn(today(ctx)),
            ),
          ),
      ),
    ),
  ],
  end: (tx, ctx, { schoolId, id }) => {
    const day = today(ctx)
    const open = and(eq(classInstructors.instructorId, id), isOpenOn(day))
    return changeStanding(tx, classInstructorKind, schoolId, open, ({ beginDate }) =>
      beginDate && beginDate > day ? { archivedAt: ctx.now } : { endDate: day },
    )
  },
}

export const instructorVerbs = verbsOf(instructorKind, {
  read: readInstructor,
  check: (tx, { school }, { departmentId }, before) =>
    refersToCurrent(tx, departmentKind, school.id, departmentId, before?.departmentId),
  foundation,
})
