import { employments, instructorStatuses } from '../../db/values.ts'
import { createInstructorInput } from '../../server/instructors/input.ts'
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
import type { Instructor } from './instructor-kind.ts'
import { instructorKind, instructorWords } from './instructor-kind.ts'

const valuesOf = (instructor?: Instructor) => ({
  givenName: textOf(instructor?.givenName),
  familyName: textOf(instructor?.familyName),
  middleName: textOf(instructor?.middleName),
  preferredName: textOf(instructor?.preferredName),
  email: textOf(instructor?.email),
  status: instructor?.status ?? 'active',
  employment: textOf(instructor?.employment) as Instructor['employment'] | '',
  departmentId: textOf(instructor?.departmentId),
})
export type InstructorValues = ReturnType<typeof valuesOf>

function useWritten() {
  const words = useWords(instructorWords)
  const departments = useDepartmentChoices()
  return (values: InstructorValues, field: FieldOf<InstructorValues>) => {
    if (field === 'status') return words.statuses[values.status]
    if (field === 'employment') return values.employment ? words.employment[values.employment] : undefined
    return field === 'departmentId' ? labelIn(departments, values.departmentId) : undefined
  }
}

export const instructorForm: FormShape<Instructor, InstructorValues> = {
  name: 'instructor',
  schema: createInstructorInput,
  valuesOf,
  refusedAt: { 'department.not_found': 'departmentId' },
  useWritten,
}

interface FieldsProps {
  state: RecordFormState<InstructorValues>
  record?: Instructor | undefined
}

function WorkFields({ state, record }: FieldsProps) {
  const words = useWords(instructorWords)
  const departments = useDepartmentChoices(record)
  const statuses = instructorStatuses.map((value) => ({ value, label: words.statuses[value] }))
  const kinds = employments.map((value) => ({ value, label: words.employment[value] }))
  return (
    <fieldset>
      <legend>{words.work}</legend>
      <TextField state={state} name="email" isWhole />
      <SelectField state={state} name="status" choices={statuses} />
      <SelectField state={state} name="employment" choices={kinds} none={words.noEmployment} />
      <SelectField state={state} name="departmentId" choices={departments} none={words.noDepartment} isWhole />
    </fieldset>
  )
}

function InstructorFields({ state, record }: FieldsProps) {
  const words = useWords(instructorWords)
  return (
    <>
      <fieldset>
        <legend>{words.name}</legend>
        <TextField state={state} name="givenName" isFirst required />
        <TextField state={state} name="familyName" required />
        <TextField state={state} name="middleName" />
        <TextField state={state} name="preferredName" />
      </fieldset>
      <WorkFields state={state} record={record} />
    </>
  )
}

const pages = {
  kind: instructorKind,
  shape: instructorForm,
  fields: (state: RecordFormState<InstructorValues>, record?: Instructor) => (
    <InstructorFields state={state} record={record} />
  ),
}

export const NewPage = () => <NewRecord {...pages} />
export const EditPage = () => <EditRecord {...pages} />

function usePasteFields({ email, person, oneOf, reference }: CellReads) {
  const { statuses, employment } = useWords(instructorWords)
  return [
    ...person(),
    email('email'),
    oneOf('status', statuses),
    oneOf('employment', employment),
    reference('departmentId', useNamedDepartments()),
  ]
}

export const PastePage = () => <Paste kind={instructorKind} shape={instructorForm} useFields={usePasteFields} />
