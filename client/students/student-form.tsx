import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useMessages } from '../messages/messages.tsx'
import { ErrorSummary } from '../ui/error-summary.tsx'
import '../ui/form.css'
import { Notice } from '../ui/page.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import type { FormValues } from './form-values.ts'
import { StudentFields } from './student-fields.tsx'
import type { StudentFormState } from './use-student-form.ts'
import { fieldId } from './use-student-form.ts'

interface StudentFormProps {
  state: StudentFormState
  submitLabel: string
  isBusy: boolean
  onSave(values: FormValues): void
  onCancel(): void
  /** Above the fields, such as what somebody else has changed. */
  children?: ReactNode
}

function useSummary({ form }: StudentFormState) {
  const { student } = useMessages()
  const labelOf = (field: string): string => {
    const [whole = '', line] = field.split('.')
    const label = student.fields[whole as keyof typeof student.fields]
    const lineLabel = student.addressFields[line as keyof typeof student.addressFields]
    return lineLabel ? `${label}, ${lineLabel}` : label
  }
  return Object.entries(form.errors).map(([field, error]) => ({
    id: fieldId(field),
    label: labelOf(field),
    error: String(error),
  }))
}

export function StudentForm({ state, submitLabel, isBusy, onSave, onCancel, children }: StudentFormProps) {
  const { errors, cancel } = useMessages()
  const wrong = useSummary(state)
  return (
    <form className="form" noValidate onSubmit={state.submit(onSave)}>
      {state.isSummarized && <ErrorSummary title={errors.summary(wrong.length)} errors={wrong} />}
      {state.failure && (
        <Notice tone="bad" role="alert">
          <p>{state.failure}</p>
        </Notice>
      )}
      {children}
      <StudentFields form={state.form} />
      <div className="form-end">
        <SubmitButton loading={isBusy}>{submitLabel}</SubmitButton>
        <Button variant="default" size="sm" onMouseDown={(event) => event.preventDefault()} onClick={onCancel}>
          {cancel}
        </Button>
      </div>
    </form>
  )
}
