import { inArray } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { courses, instructors, programs } from '../../db/schema/index.ts'
import { courseKind } from '../courses/kind.ts'
import { instructorKind } from '../instructors/kind.ts'
import { programKind } from '../programs/kind.ts'
import type { Foundation } from '../records/archive.ts'
import { idsOf } from '../records/kind.ts'
import { manyVerbsOf } from '../records/many-verbs.ts'
import { changeStanding, standingOf } from '../records/standing.ts'
import { verbsOf } from '../records/verbs.ts'
import { createDepartmentInput } from './input.ts'
import { departmentKind } from './kind.ts'
import { readDepartment } from './read.ts'

const inThem = (departments: readonly { id: string }[]) => ({
  programs: inArray(programs.departmentId, idsOf(departments)),
  courses: inArray(courses.departmentId, idsOf(departments)),
  instructors: inArray(instructors.departmentId, idsOf(departments)),
})

/** To end it takes programs, courses and instructors out of the department. */
const foundation: Foundation<typeof departmentKind.table> = {
  standingOn: async (tx, { school }, departments) => {
    const those = inThem(departments)
    const people = { table: instructors, name: instructors.familyName }
    return [
      await standingOf(tx, 'program', { table: programs, name: programs.name }, school.id, those.programs),
      await standingOf(tx, 'course', { table: courses, name: courses.title }, school.id, those.courses),
      await standingOf(tx, 'instructor', people, school.id, those.instructors),
    ]
  },
  end: async (tx: Transaction, { school }, departments) => {
    const those = inThem(departments)
    const none = () => ({ departmentId: null })
    return [
      ...(await changeStanding(tx, programKind, school.id, those.programs, none)),
      ...(await changeStanding(tx, courseKind, school.id, those.courses, none)),
      ...(await changeStanding(tx, instructorKind, school.id, those.instructors, none)),
    ]
  },
}

export const departmentVerbs = verbsOf(departmentKind, { read: readDepartment, foundation })
export const manyDepartments = manyVerbsOf(departmentKind, { item: createDepartmentInput, foundation })
