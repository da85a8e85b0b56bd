import { addressKinds } from '../../db/values.ts'
import { useWords } from '../messages/messages.tsx'
import { FormFields } from '../records/form-fields.tsx'
import { TextField } from '../records/record-fields.tsx'
import type { RecordFormState } from '../records/use-record-form.ts'
import { addressLines } from './address-lines.ts'
import type { AddressKind, StudentValues } from './student-form.ts'
import { studentForm } from './student-form.ts'
import { studentWords } from './student-words.ts'

interface FieldsProps {
  state: RecordFormState<StudentValues>
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

export const StudentFields = ({ state }: FieldsProps) => (
  <>
    <FormFields state={state} shape={studentForm} />
    {addressKinds.map((kind) => (
      <AddressFields key={kind} state={state} kind={kind} />
    ))}
  </>
)
