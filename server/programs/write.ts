import { dependentsOf } from '../kinds.ts'
import { manyVerbsOf } from '../records/many-verbs.ts'
import { verbsOf } from '../records/verbs.ts'
import { createProgramInput, updateProgramInput } from './input.ts'
import { programKind } from './kind.ts'
import { readProgram } from './read.ts'

const dependents = dependentsOf('program')
export const programVerbs = verbsOf(programKind, { read: readProgram, dependents })
export const manyPrograms = manyVerbsOf(programKind, { item: createProgramInput, edit: updateProgramInput, dependents })
