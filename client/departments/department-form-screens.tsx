import { createDepartmentInput } from '../../server/departments/input.ts'
import { PastePage as Paste } from '../paste/paste-later.tsx'
import { EditRecord } from '../records/edit-record.tsx'
import { formOf } from '../records/form-of.ts'
import { NewRecord } from '../records/new-record.tsx'
import type { Department } from './department-kind.ts'
import { departmentKind } from './department-kind.ts'

const shape = formOf<Department>()({
  name: 'department',
  schema: createDepartmentInput,
  fields: { name: { is: 'text', isWhole: true, required: true } },
  refusedAt: { 'department.name_taken': 'name' },
})
const form = { kind: departmentKind, shape }

export const NewPage = () => <NewRecord {...form} />
export const EditPage = () => <EditRecord {...form} />
export const PastePage = () => <Paste {...form} />
