import { createGuardianInput } from '../../server/guardians/input.ts'
import { useWords } from '../messages/messages.tsx'
import type { CellReads } from '../paste/cell-reads.ts'
import { PastePage as Paste } from '../paste/paste-later.tsx'
import { EditRecord } from '../records/edit-record.tsx'
import type { FormShape } from '../records/form-shape.ts'
import { textOf } from '../records/form-shape.ts'
import { NewRecord } from '../records/new-record.tsx'
import { TextField } from '../records/record-fields.tsx'
import type { RecordFormState } from '../records/use-record-form.ts'
import type { Guardian } from './guardian-kind.ts'
import { guardianKind, guardianWords } from './guardian-kind.ts'

const valuesOf = (guardian?: Guardian) => ({
  givenName: textOf(guardian?.givenName),
  familyName: textOf(guardian?.familyName),
  middleName: textOf(guardian?.middleName),
  preferredName: textOf(guardian?.preferredName),
  phone: textOf(guardian?.phone),
  otherPhone: textOf(guardian?.otherPhone),
  email: textOf(guardian?.email),
})
export type GuardianValues = ReturnType<typeof valuesOf>

export const guardianForm: FormShape<Guardian, GuardianValues> = {
  name: 'guardian',
  schema: createGuardianInput,
  valuesOf,
}

function GuardianFields({ state }: { state: RecordFormState<GuardianValues> }) {
  const words = useWords(guardianWords)
  return (
    <>
      <fieldset>
        <legend>{words.name}</legend>
        <TextField state={state} name="givenName" isFirst required />
        <TextField state={state} name="familyName" required />
        <TextField state={state} name="middleName" />
        <TextField state={state} name="preferredName" />
      </fieldset>
      <fieldset>
        <legend>{words.contact}</legend>
        <TextField state={state} name="phone" />
        <TextField state={state} name="otherPhone" />
        <TextField state={state} name="email" isWhole />
      </fieldset>
    </>
  )
}

const pages = {
  kind: guardianKind,
  shape: guardianForm,
  fields: (state: RecordFormState<GuardianValues>) => <GuardianFields state={state} />,
}

export const NewPage = () => <NewRecord {...pages} />
export const EditPage = () => <EditRecord {...pages} />

const usePasteFields = ({ text, email, person }: CellReads) => [
  ...person(),
  text('phone'),
  text('otherPhone'),
  email('email'),
]

export const PastePage = () => <Paste kind={guardianKind} shape={guardianForm} useFields={usePasteFields} />
