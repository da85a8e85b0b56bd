import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { studentStatuses } from '../../db/values.ts'
import { useMessages } from '../messages/messages.tsx'
import { DateField } from '../ui/date-field.tsx'
import type { AddressKind } from './form-values.ts'
import { addressLines } from './form-values.ts'
import { gradeChoices, usePrograms } from './students-filters.tsx'
import type { StudentFormState } from './use-student-form.ts'
import { fieldId } from './use-student-form.ts'

interface FieldsProps {
  form: StudentFormState['form']
}

type TextName = 'givenName' | 'middleName' | 'familyName' | 'preferredName' | 'number' | 'email'

function TextField({ form, name, ...more }: FieldsProps & { name: TextName; autoFocus?: boolean; required?: boolean }) {
  const { student } = useMessages()
  const { autoFocus, ...props } = more
  return (
    <TextInput
      size="sm"
      id={fieldId(name)}
      label={student.fields[name]}
      autoComplete="off"
      withAsterisk={false}
      {...(autoFocus && { 'data-autofocus': true, autoFocus })}
      {...props}
      {...form.getInputProps(name)}
    />
  )
}

const NameFields = ({ form }: FieldsProps) => (
  <>
    <TextField form={form} name="givenName" autoFocus required />
    <TextField form={form} name="familyName" required />
    <TextField form={form} name="middleName" />
    <TextField form={form} name="preferredName" />
  </>
)

function SchoolFields({ form }: FieldsProps) {
  const messages = useMessages()
  const { student, form: words } = messages
  const programs = usePrograms()
  return (
    <>
      <TextField form={form} name="number" />
      <NativeSelect
        size="sm"
        id={fieldId('gradeLevel')}
        label={student.fields.gradeLevel}
        data={[{ value: '', label: words.noGrade }, ...gradeChoices(messages, form.values.gradeLevel)]}
        {...form.getInputProps('gradeLevel')}
      />
      <NativeSelect
        size="sm"
        id={fieldId('status')}
        label={student.fields.status}
        data={studentStatuses.map((value) => ({ value, label: student.status[value] }))}
        {...form.getInputProps('status')}
      />
      {programs.length > 0 && (
        <NativeSelect
          size="sm"
          id={fieldId('programId')}
          label={student.fields.programId}
          data={[
            { value: '', label: words.noProgram },
            ...programs.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          {...form.getInputProps('programId')}
        />
      )}
      <Checkbox
        className="whole"
        size="sm"
        label={student.fields.isInternational}
        {...form.getInputProps('isInternational', { type: 'checkbox' })}
      />
      <Checkbox
        className="whole"
        size="sm"
        label={student.fields.isCoop}
        {...form.getInputProps('isCoop', { type: 'checkbox' })}
      />
    </>
  )
}

function BirthDateField({ form }: FieldsProps) {
  const { student, form: words } = useMessages()
  return (
    <DateField
      id={fieldId('birthDate')}
      label={student.fields.birthDate}
      description={words.birthDateHint}
      value={form.values.birthDate}
      error={form.errors.birthDate}
      onChange={(value) => form.setFieldValue('birthDate', value)}
      onBlur={() => form.validateField('birthDate')}
    />
  )
}

function AddressFields({ form, kind }: FieldsProps & { kind: AddressKind }) {
  const { student } = useMessages()
  return (
    <fieldset>
      <legend>{student.addressKinds[kind]}</legend>
      {addressLines.map((line) => (
        <TextInput
          key={line}
          size="sm"
          id={fieldId(`${kind}.${line}`)}
          className={line === 'street' ? 'whole' : ''}
          label={student.addressFields[line]}
          autoComplete="off"
          {...form.getInputProps(`${kind}.${line}`)}
        />
      ))}
    </fieldset>
  )
}

/** Every field of a student, in the order in which an office asks for them. */
export function StudentFields({ form }: FieldsProps) {
  const { form: words } = useMessages()
  return (
    <>
      <fieldset>
        <legend>{words.name}</legend>
        <NameFields form={form} />
      </fieldset>
      <fieldset>
        <legend>{words.school}</legend>
        <SchoolFields form={form} />
      </fieldset>
      <fieldset>
        <legend>{words.contact}</legend>
        <div className="whole">
          <TextField form={form} name="email" />
        </div>
        <BirthDateField form={form} />
      </fieldset>
      <AddressFields form={form} kind="local" />
      <AddressFields form={form} kind="permanent" />
    </>
  )
}
