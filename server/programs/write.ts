import { eq } from 'drizzle-orm'
import { students } from '../../db/schema/index.ts'
import { departmentKind } from '../departments/kind.ts'
import type { Foundation } from '../records/archive.ts'
import { refersToCurrent } from '../records/refer.ts'
import { changeStanding, standingOf } from '../records/standing.ts'
import { verbsOf } from '../records/verbs.ts'
import { studentKind } from '../students/kind.ts'
import { programKind } from './kind.ts'
import { readProgram } from './read.ts'

/** To end it takes its students out of the program. */
const foundation: Foundation<typeof programKind.table> = {
  standingOn: async (tx, _, { schoolId, id }) => [
    await standingOf(
      tx,
      'student',
      { table: students, name: students.familyName },
      schoolId,
      eq(students.programId, id),
    ),
  ],
  end: (tx, _, { schoolId, id }) =>
    changeStanding(tx, studentKind, schoolId, eq(students.programId, id), () => ({ programId: null })),
}

export const programVerbs = verbsOf(programKind, {
  read: readProgram,
  check: (tx, { school }, { departmentId }, before) =>
    refersToCurrent(tx, departmentKind, school.id, departmentId, before?.departmentId),
  foundation,
})
