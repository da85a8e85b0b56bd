import { useForm } from '@mantine/form'
import { useState } from 'react'
import { knownError, sentenceOf } from '../errors.ts'
import { useMessages } from '../messages/messages.tsx'
import { goToField } from '../ui/go-to-field.ts'
import type { FormValues } from './form-values.ts'
import { errorsIn } from './form-values.ts'

export type StudentFormState = ReturnType<typeof useStudentForm>

export const fieldId = (field: string): string => `student-${field.replace('.', '-')}`

/** The form's fields, what is wrong with them, and what the server said of the whole. */
export function useStudentForm(initialValues: FormValues) {
  const messages = useMessages()
  const [failure, setFailure] = useState<string | null>(null)
  /** The summary stands from a refused attempt to save until the next one. */
  const [isSummarized, setSummarized] = useState(false)
  const form = useForm<FormValues>({
    initialValues,
    validateInputOnBlur: true,
    validate: (values) => errorsIn(values, messages),
  })

  const focusOn = (errors: object) => {
    const [first] = Object.keys(errors)
    if (first) goToField(fieldId(first))
  }
  const onInvalid = (errors: object) => {
    setSummarized(true)
    focusOn(errors)
  }
  /** What the server refused stands at its field where it has one. */
  const onRefused = (error: unknown) => {
    const known = knownError(error)
    const at = (field: string) => ({ [field]: sentenceOf(error, messages) })
    const byReason =
      known?.reason === 'student.number_taken'
        ? at('number')
        : known?.reason === 'program.not_found'
          ? at('programId')
          : undefined
    if (!byReason) return setFailure(sentenceOf(error, messages))
    form.setErrors(byReason)
    onInvalid(byReason)
  }
  const submit = (save: (values: FormValues) => void) =>
    form.onSubmit((values) => {
      setSummarized(false)
      setFailure(null)
      save(values)
    }, onInvalid)
  return { form, failure, isSummarized, onRefused, submit }
}
