import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import type { FormShape, FormValues } from './form-shape.ts'
import { changedFields, inputOf } from './form-shape.ts'
import type { AnyRecord, RecordKind } from './record-kind.ts'
import { useChanged, useProcedures } from './record-kind.ts'
import { useRecordForm } from './use-record-form.ts'

/** The form of a new record. `fixed` goes with what is typed, such as the student a guardian is added to. */
export function useCreate<R extends AnyRecord, V extends FormValues>(
  kind: RecordKind<R>,
  shape: FormShape<R, V>,
  onAdded: (record: R) => void,
  { initial = shape.valuesOf(), fixed = {} }: { initial?: V; fixed?: object } = {},
) {
  const procedures = useProcedures(kind)
  const changed = useChanged(kind)
  const isSaved = useRef(false)
  const opened = useRef(initial)
  const state = useRecordForm(kind, shape, initial)
  const create = useMutation(
    procedures.create.mutationOptions({
      onError: state.onRefused,
      onSuccess: (answer) => {
        const record = answer as unknown as R
        isSaved.current = true
        changed(record, true)
        onAdded(record)
      },
    }),
  )
  return {
    state,
    isBusy: create.isPending,
    save: (values: V) => create.mutate({ ...fixed, ...inputOf(shape, values) } as never),
    isUnsaved: () => !isSaved.current && changedFields(opened.current, state.form.getValues()).length > 0,
  }
}
