import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { courses, instructors, programs } from '../../db/schema/index.ts'
import { courseKind } from '../courses/kind.ts'
import { instructorKind } from '../instructors/kind.ts'
import { programKind } from '../programs/kind.ts'
import type { Foundation } from '../records/archive.ts'
import { changeStanding, standingOf } from '../records/standing.ts'
import { verbsOf } from '../records/verbs.ts'
import { departmentKind } from './kind.ts'
import { readDepartment } from './read.ts'

/** To end it takes programs, courses and instructors out of the department. */
const foundation: Foundation<typeof departmentKind.table> = {
  standingOn: async (tx, _, { schoolId, id }) => [
    await standingOf(tx, 'program', { table: programs, name: programs.name }, schoolId, eq(programs.departmentId, id)),
    await standingOf(tx, 'course', { table: courses, name: courses.title }, schoolId, eq(courses.departmentId, id)),
    await standingOf(
      tx,
      'instructor',
      { table: instructors, name: instructors.familyName },
      schoolId,
      eq(instructors.departmentId, id),
    ),
  ],
  end: async (tx: Transaction, _, { schoolId, id }) => {
    const none = () => ({ departmentId: null })
    return [
      ...(await changeStanding(tx, programKind, schoolId, eq(programs.departmentId, id), none)),
      ...(await changeStanding(tx, courseKind, schoolId, eq(courses.departmentId, id), none)),
      ...(await changeStanding(tx, instructorKind, schoolId, eq(instructors.departmentId, id), none)),
    ]
  },
}

export const departmentVerbs = verbsOf(departmentKind, { read: readDepartment, foundation })
