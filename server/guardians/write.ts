import { dependentsOf } from '../kinds.ts'
import { sortName } from '../people.ts'
import { manyVerbsOf } from '../records/many-verbs.ts'
import { verbsOf } from '../records/verbs.ts'
import { createGuardianInput, updateGuardianInput } from './input.ts'
import { guardianKind } from './kind.ts'
import { guardianList } from './list.ts'
import { readGuardian } from './read.ts'

const dependents = dependentsOf('guardian')
export const guardianVerbs = verbsOf(guardianKind, { read: readGuardian, dependents })
export const manyGuardians = manyVerbsOf(guardianKind, {
  item: createGuardianInput,
  edit: updateGuardianInput,
  namesakes: ['sortName', sortName],
  ofList: guardianList.whole,
  dependents,
})
