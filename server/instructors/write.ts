import { dependentsOf } from '../kinds.ts'
import { sortName } from '../people.ts'
import { manyVerbsOf } from '../records/many-verbs.ts'
import { verbsOf } from '../records/verbs.ts'
import { createInstructorInput, updateInstructorInput } from './input.ts'
import { instructorKind } from './kind.ts'
import { readInstructor } from './read.ts'

const dependents = dependentsOf('instructor')
export const instructorVerbs = verbsOf(instructorKind, { read: readInstructor, dependents })
export const manyInstructors = manyVerbsOf(instructorKind, {
  item: createInstructorInput,
  edit: updateInstructorInput,
  namesakes: ['sortName', sortName],
  dependents,
})
