import { and, eq, exists, inArray, isNull, sql } from 'drizzle-orm'
import { classes, classInstructors } from '../../db/schema/index.ts'
import { classInstructorKind } from '../class-instructors/kind.ts'
import { today } from '../context.ts'
import { departmentKind } from '../departments/kind.ts'
import type { Foundation } from '../records/archive.ts'
import { idsOf } from '../records/kind.ts'
import { manyVerbsOf } from '../records/many-verbs.ts'
import { changeStanding, standingOf } from '../records/standing.ts'
import { verbsOf } from '../records/verbs.ts'
import { createInstructorInput } from './input.ts'
import { instructorKind } from './kind.ts'
import { isOpenOn, readInstructor } from './read.ts'

/** To end it ends the assignments today; those that have not begun are archived. */
const foundation: Foundation<typeof instructorKind.table> = {
  standingOn: async (tx, ctx, instructors) => [
    await standingOf(
      tx,
      'class',
      { table: classes, name: classes.title },
      ctx.school.id,
      exists(
        tx
          .select({ one: sql`1` })
          .from(classInstructors)
          .where(
            and(
              eq(classInstructors.schoolId, ctx.school.id),
              eq(classInstructors.classId, classes.id),
              inArray(classInstructors.instructorId, idsOf(instructors)),
              isNull(classInstructors.archivedAt),
              isOpenOn(today(ctx)),
            ),
          ),
      ),
    ),
  ],
  end: (tx, ctx, instructors) => {
    const day = today(ctx)
    const open = and(inArray(classInstructors.instructorId, idsOf(instructors)), isOpenOn(day))
    return changeStanding(tx, classInstructorKind, ctx.school.id, open, ({ beginDate }) =>
      beginDate && beginDate > day ? { archivedAt: ctx.now } : { endDate: day },
    )
  },
}

const ways = { refers: { departmentId: departmentKind }, foundation }
export const instructorVerbs = verbsOf(instructorKind, { ...ways, read: readInstructor })
export const manyInstructors = manyVerbsOf(instructorKind, { ...ways, item: createInstructorInput })
