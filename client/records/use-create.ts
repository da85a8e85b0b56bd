import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useDraft, useKeeping } from '../drafts/use-draft.ts'
import type { FormShape, FormValues } from './form-shape.ts'
import type { AnyRecord, RecordKind } from './record-kind.ts'
import { useProcedures } from './record-kind.ts'
import { laidOver, typedFields } from './typed-fields.ts'
import { useRecordForm } from './use-record-form.ts'

/** The form of a new record. `fixed` goes with what is typed, such as the student a guardian is added to. */
export function useCreate<R extends AnyRecord, V extends FormValues>(
  kind: RecordKind<R>,
  shape: FormShape<R, V>,
  onAdded: (record: R) => void,
  { initial = shape.valuesOf(), fixed = {} }: { initial?: V; fixed?: object } = {},
) {
  const procedures = useProcedures(kind)
  const isSaved = useRef(false)
  const [empty] = useState({ version: 0, values: initial })
  const draft = useDraft()
  const [start] = useState(() => laidOver(draft.found, empty))
  const [isBack, setBack] = useState(start.isBack)
  const state = useRecordForm(kind, shape, start.values)
  const { form } = state
  const kept = () => (isSaved.current ? null : typedFields(empty, form.getValues()))
  useKeeping(draft, kept)
  const create = useMutation(
    procedures.create.mutationOptions({
      onError: state.onRefused,
      onSuccess: (answer) => {
        isSaved.current = true
        draft.discard()
        onAdded(answer)
      },
    }),
  )
  return {
    state,
    isBusy: create.isPending,
    draft,
    /** What was typed before the page was loaded again is in the form. */
    isBack,
    startOver: () => {
      form.setValues(empty.values)
      form.clearErrors()
      setBack(false)
    },
    save: (values: V) => {
      if (!isSaved.current) create.mutate({ ...fixed, ...shape.inputOf(values) })
    },
    isUnsaved: () => kept() !== null,
  }
}
