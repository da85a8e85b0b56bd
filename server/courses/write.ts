import { inArray } from 'drizzle-orm'
import { classes } from '../../db/schema/index.ts'
import { departmentKind } from '../departments/kind.ts'
import type { Foundation } from '../records/archive.ts'
import { idsOf } from '../records/kind.ts'
import { manyVerbsOf } from '../records/many-verbs.ts'
import { standingOf } from '../records/standing.ts'
import { verbsOf } from '../records/verbs.ts'
import { createCourseInput } from './input.ts'
import { courseKind } from './kind.ts'
import { readCourse } from './read.ts'

/** Its classes can only stay: they run on, and go on naming the course. */
const foundation: Foundation<typeof courseKind.table> = {
  standingOn: async (tx, { school }, courses) => {
    const ofThem = inArray(classes.courseId, idsOf(courses))
    return [await standingOf(tx, 'class', { table: classes, name: classes.title }, school.id, ofThem)]
  },
}

const ways = { refers: { departmentId: departmentKind }, foundation }
export const courseVerbs = verbsOf(courseKind, { ...ways, read: readCourse })
export const manyCourses = manyVerbsOf(courseKind, { ...ways, item: createCourseInput })
