import { studentStatuses } from '../../db/values.ts'
import { useWords } from '../messages/messages.tsx'
import { CheckField, DayField, SelectField, TextField } from '../records/record-fields.tsx'
import type { RecordFormState } from '../records/use-record-form.ts'
import type { AddressKind, StudentValues } from './student-form.ts'
import { addressLines } from './student-form.ts'
import { studentFormWords } from './student-kind.ts'
import { studentWords } from './student-words.ts'
import { gradeChoices, usePrograms } from './students-filters.tsx'

interface FieldsProps {
  state: RecordFormState<StudentValues>
}

const NameFields = ({ state }: FieldsProps) => (
  <>
    <TextField state={state} name="givenName" isFirst required />
    <TextField state={state} name="familyName" required />
    <TextField state={state} name="middleName" />
    <TextField state={state} name="preferredName" />
  </>
)

function SchoolFields({ state }: FieldsProps) {
  const student = useWords(studentWords)
  const { form: words } = useWords(studentFormWords)
  const programs = usePrograms().map(({ id, name }) => ({ value: id, label: name }))
  const statuses = studentStatuses.map((value) => ({ value, label: student.status[value] }))
  const grades = gradeChoices(student, state.form.values.gradeLevel)
  return (
    <>
      <TextField state={state} name="number" />
      <SelectField state={state} name="gradeLevel" choices={grades} none={words.noGrade} />
      <SelectField state={state} name="status" choices={statuses} />
      {programs.length > 0 && <SelectField state={state} name="programId" choices={programs} none={words.noProgram} />}
      <CheckField state={state} name="isInternational" />
      <CheckField state={state} name="isCoop" />
    </>
  )
}

function AddressFields({ state, kind }: FieldsProps & { kind: AddressKind }) {
  const student = useWords(studentWords)
  return (
    <fieldset>
      <legend>{student.addressKinds[kind]}</legend>
      {addressLines.map((line) => (
        <TextField key={line} state={state} name={`${kind}.${line}`} isWhole={line === 'street'} />
      ))}
    </fieldset>
  )
}

/** Every field of a student, in the order in which an office asks for them. */
export function StudentFields({ state }: FieldsProps) {
  const { form: words } = useWords(studentFormWords)
  return (
    <>
      <fieldset>
        <legend>{words.name}</legend>
        <NameFields state={state} />
      </fieldset>
      <fieldset>
        <legend>{words.school}</legend>
        <SchoolFields state={state} />
      </fieldset>
      <fieldset>
        <legend>{words.contact}</legend>
        <TextField state={state} name="email" isWhole />
        <DayField state={state} name="birthDate" description={words.birthDateHint} />
      </fieldset>
      <AddressFields state={state} kind="local" />
      <AddressFields state={state} kind="permanent" />
    </>
  )
}
