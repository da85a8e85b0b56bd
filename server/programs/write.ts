import { inArray } from 'drizzle-orm'
import { students } from '../../db/schema/index.ts'
import { departmentKind } from '../departments/kind.ts'
import type { Foundation } from '../records/archive.ts'
import { idsOf } from '../records/kind.ts'
import { manyVerbsOf } from '../records/many-verbs.ts'
import { changeStanding, standingOf } from '../records/standing.ts'
import { verbsOf } from '../records/verbs.ts'
import { studentKind } from '../students/kind.ts'
import { createProgramInput } from './input.ts'
import { programKind } from './kind.ts'
import { readProgram } from './read.ts'

const inThem = (programs: readonly { id: string }[]) => inArray(students.programId, idsOf(programs))

/** To end it takes its students out of the program. */
const foundation: Foundation<typeof programKind.table> = {
  standingOn: async (tx, { school }, programs) => [
    await standingOf(tx, 'student', { table: students, name: students.familyName }, school.id, inThem(programs)),
  ],
  end: (tx, { school }, programs) =>
    changeStanding(tx, studentKind, school.id, inThem(programs), () => ({ programId: null })),
}

const ways = { refers: { departmentId: departmentKind }, foundation }
export const programVerbs = verbsOf(programKind, { ...ways, read: readProgram })
export const manyPrograms = manyVerbsOf(programKind, { ...ways, item: createProgramInput })
