import { eq } from 'drizzle-orm'
import { classes } from '../../db/schema/index.ts'
import { departmentKind } from '../departments/kind.ts'
import type { Foundation } from '../records/archive.ts'
import { refersToCurrent } from '../records/refer.ts'
import { standingOf } from '../records/standing.ts'
import { verbsOf } from '../records/verbs.ts'
import { courseKind } from './kind.ts'
import { readCourse } from './read.ts'

/** Its classes can only stay: they run on, and go on naming the course. */
const foundation: Foundation<typeof courseKind.table> = {
  standingOn: async (tx, _, { schoolId, id }) => [
    await standingOf(tx, 'class', { table: classes, name: classes.title }, schoolId, eq(classes.courseId, id)),
  ],
}

export const courseVerbs = verbsOf(courseKind, {
  read: readCourse,
  check: (tx, { school }, { departmentId }, before) =>
    refersToCurrent(tx, departmentKind, school.id, departmentId, before?.departmentId),
  foundation,
})
