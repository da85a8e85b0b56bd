import { useForm } from '@mantine/form'
import { useState } from 'react'
import { knownError, sentenceOf } from '../errors.ts'
import { useMessages } from '../messages/messages.tsx'
import { goToField } from '../ui/go-to-field.ts'
import type { FormShape, FormValues } from './form-shape.ts'
import { errorsIn } from './form-shape.ts'
import type { AnyRecord, RecordKind } from './record-kind.ts'
import { useKindWords } from './record-kind.ts'

export type RecordFormState<V extends FormValues> = ReturnType<typeof useRecordForm<AnyRecord, V>>

/** The form's fields, what is wrong with them, and what the server said of the whole. */
export function useRecordForm<R extends AnyRecord, V extends FormValues>(
  kind: RecordKind<R>,
  shape: FormShape<R, V>,
  initialValues: V,
) {
  const messages = useMessages()
  const words = useKindWords(kind)
  const [failure, setFailure] = useState<string | null>(null)
  /** The summary is shown from a refused attempt to save until the next one. */
  const [isSummarized, setSummarized] = useState(false)
  const form = useForm<V>({
    initialValues,
    validateInputOnBlur: true,
    validate: (values) => errorsIn(shape, values, { kind: words, messages }),
  })
  const idOf = (field: string): string => `${shape.name}-${field.replaceAll('.', '-')}`

  const onInvalid = (errors: object) => {
    setSummarized(true)
    const [first] = Object.keys(errors)
    if (first) goToField(idOf(first))
  }
  /** A refusal is shown at its field where it has one. */
  const onRefused = (error: unknown) => {
    const known = knownError(error)
    const field = known && shape.refusedAt?.[known.reason]
    if (!field) return setFailure(sentenceOf(error, messages))
    const errors = { [field]: sentenceOf(error, messages) }
    form.setErrors(errors)
    onInvalid(errors)
  }
  const submit = (save: (values: V) => void) =>
    form.onSubmit((values) => {
      setSummarized(false)
      setFailure(null)
      save(values as V)
    }, onInvalid)
  return { form, words, idOf, failure, isSummarized, onRefused, submit }
}
