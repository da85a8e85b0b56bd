import { createDepartmentInput } from '../../server/departments/input.ts'
import type { CellReads } from '../paste/cell-reads.ts'
import { PastePage as Paste } from '../paste/paste-later.tsx'
import { EditRecord } from '../records/edit-record.tsx'
import type { FormShape } from '../records/form-shape.ts'
import { textOf } from '../records/form-shape.ts'
import { NewRecord } from '../records/new-record.tsx'
import { TextField } from '../records/record-fields.tsx'
import type { RecordFormState } from '../records/use-record-form.ts'
import type { Department } from './department-kind.ts'
import { departmentKind } from './department-kind.ts'

const valuesOf = (department?: Department) => ({ name: textOf(department?.name) })
export type DepartmentValues = ReturnType<typeof valuesOf>

export const departmentForm: FormShape<Department, DepartmentValues> = {
  name: 'department',
  schema: createDepartmentInput,
  valuesOf,
  refusedAt: { 'department.name_taken': 'name' },
}

const pages = {
  kind: departmentKind,
  shape: departmentForm,
  fields: (state: RecordFormState<DepartmentValues>) => (
    <fieldset>
      <TextField state={state} name="name" isFirst isWhole required />
    </fieldset>
  ),
}

export const NewPage = () => <NewRecord {...pages} />
export const EditPage = () => <EditRecord {...pages} />

const usePasteFields = ({ text }: CellReads) => [text('name')]

export const PastePage = () => <Paste kind={departmentKind} shape={departmentForm} useFields={usePasteFields} />
