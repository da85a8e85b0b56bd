import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useMessages } from '../messages/messages.tsx'
import { ErrorSummary } from '../ui/error-summary.tsx'
import '../ui/form.css'
import { Failure } from '../ui/page.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import type { FormValues } from './form-shape.ts'
import type { RecordFormState } from './use-record-form.ts'

interface RecordFormProps<V extends FormValues> {
  state: RecordFormState<V>
  submitLabel: string
  isBusy: boolean
  onSave(values: V): void
  onCancel(): void
  /** Above the fields, such as what somebody else has changed. */
  notice?: ReactNode
  children: ReactNode
}

/** Of 'local.city', what stands in the labels: 'Local address, City'. */
const labelOf = (labels: Record<string, string>, field: string): string =>
  [labels[field.split('.')[0] ?? ''], field.includes('.') && labels[field]].filter(Boolean).join(', ')

export function RecordForm<V extends FormValues>(props: RecordFormProps<V>) {
  const { state, submitLabel, isBusy, onSave, onCancel, notice, children } = props
  const { errors, cancel } = useMessages()
  const wrong = Object.entries(state.form.errors).map(([field, error]) => ({
    id: state.idOf(field),
    label: labelOf(state.words.fields, field),
    error: String(error),
  }))
  return (
    <form className="form" noValidate onSubmit={state.submit(onSave)}>
      {state.isSummarized && <ErrorSummary title={errors.summary(wrong.length)} errors={wrong} />}
      <Failure>{state.failure}</Failure>
      {notice}
      {children}
      <div className="form-end">
        <SubmitButton loading={isBusy}>{submitLabel}</SubmitButton>
        <Button variant="default" size="sm" onMouseDown={(event) => event.preventDefault()} onClick={onCancel}>
          {cancel}
        </Button>
      </div>
    </form>
  )
}
