import { createDepartmentInput } from '../../server/departments/input.ts'
import { formScreens } from '../paste/form-screens.tsx'
import { formOf } from '../records/form-of.ts'
import type { Department } from './department-kind.ts'
import { departmentKind } from './department-kind.ts'

const shape = formOf<Department>()({
  name: 'department',
  schema: createDepartmentInput,
  fields: { name: { is: 'text', isWhole: true, required: true } },
})
export const { pasteKind, NewPage, EditPage, PastePage } = formScreens({
  kind: departmentKind,
  shape,
})
