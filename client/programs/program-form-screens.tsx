import { programTypes } from '../../db/values.ts'
import { createProgramInput } from '../../server/programs/input.ts'
import { useDepartmentChoices, useNamedDepartments } from '../departments/use-department-choices.ts'
import { useWords } from '../messages/messages.tsx'
import type { CellReads } from '../paste/cell-reads.ts'
import { PastePage as Paste } from '../paste/paste-later.tsx'
import { EditRecord } from '../records/edit-record.tsx'
import type { FieldOf, FormShape } from '../records/form-shape.ts'
import { textOf } from '../records/form-shape.ts'
import { NewRecord } from '../records/new-record.tsx'
import { labelIn, SelectField, TextField } from '../records/record-fields.tsx'
import type { RecordFormState } from '../records/use-record-form.ts'
import type { Program } from './program-kind.ts'
import { programKind, programWords } from './program-kind.ts'

const valuesOf = (program?: Program) => ({
  name: textOf(program?.name),
  type: program?.type ?? 'diploma',
  departmentId: textOf(program?.departmentId),
})
export type ProgramValues = ReturnType<typeof valuesOf>

function useWritten() {
  const { types } = useWords(programWords)
  const departments = useDepartmentChoices()
  return (values: ProgramValues, field: FieldOf<ProgramValues>) =>
    field === 'type' ? types[values.type] : labelIn(departments, values[field])
}

export const programForm: FormShape<Program, ProgramValues> = {
  name: 'program',
  schema: createProgramInput,
  valuesOf,
  refusedAt: { 'program.name_taken': 'name', 'department.not_found': 'departmentId' },
  useWritten,
}

function ProgramFields({ state, record }: { state: RecordFormState<ProgramValues>; record?: Program | undefined }) {
  const words = useWords(programWords)
  const departments = useDepartmentChoices(record)
  const types = programTypes.map((value) => ({ value, label: words.types[value] }))
  return (
    <fieldset>
      <TextField state={state} name="name" isFirst isWhole required />
      <SelectField state={state} name="type" choices={types} />
      <SelectField state={state} name="departmentId" choices={departments} none={words.noDepartment} />
    </fieldset>
  )
}

const pages = {
  kind: programKind,
  shape: programForm,
  fields: (state: RecordFormState<ProgramValues>, record?: Program) => <ProgramFields state={state} record={record} />,
}

export const NewPage = () => <NewRecord {...pages} />
export const EditPage = () => <EditRecord {...pages} />

const usePasteFields = ({ text, oneOf, reference }: CellReads) => [
  text('name'),
  oneOf('type', useWords(programWords).types),
  reference('departmentId', useNamedDepartments()),
]

export const PastePage = () => <Paste kind={programKind} shape={programForm} useFields={usePasteFields} />
