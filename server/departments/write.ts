import { dependentsOf } from '../kinds.ts'
import { manyVerbsOf } from '../records/many-verbs.ts'
import { verbsOf } from '../records/verbs.ts'
import { createDepartmentInput, updateDepartmentInput } from './input.ts'
import { departmentKind } from './kind.ts'
import { readDepartment } from './read.ts'

const dependents = dependentsOf('department')
export const departmentVerbs = verbsOf(departmentKind, { read: readDepartment, dependents })
export const manyDepartments = manyVerbsOf(departmentKind, {
  item: createDepartmentInput,
  edit: updateDepartmentInput,
  dependents,
})
