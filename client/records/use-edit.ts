import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { knownError } from '../errors.ts'
import type { FieldOf, FormShape, FormValues } from './form-shape.ts'
import { changedFields, inputOf, isSame } from './form-shape.ts'
import type { AnyRecord, RecordKind } from './record-kind.ts'
import { useChanged, useProcedures } from './record-kind.ts'
import { useRecordForm } from './use-record-form.ts'

export interface SeenChange {
  by: string | null
  way: 'screen' | 'import' | 'cli'
  at: string
  fields: string[]
}
/** Somebody else saved first: what they changed, and where both changed the same. */
export interface Conflict<V> {
  changes: SeenChange[]
  theirs: V
  fields: FieldOf<V>[]
}

/**
 * Edits a record as it was when the form opened. When somebody else was faster, their change comes into the fields not
 * touched here, and what was typed stays.
 */
export function useEdit<R extends AnyRecord, V extends FormValues>(
  kind: RecordKind<R>,
  shape: FormShape<R, V>,
  opened: R,
  onSaved: (record: R, isChanged: boolean) => void,
) {
  const procedures = useProcedures(kind)
  const queryClient = useQueryClient()
  const changed = useChanged(kind)
  const [base, setBase] = useState(opened)
  const [conflict, setConflict] = useState<Conflict<V> | null>(null)
  const isSaved = useRef(false)
  const state = useRecordForm(kind, shape, shape.valuesOf(opened))
  const { form } = state

  const done = (record: R, isChanged: boolean) => {
    isSaved.current = true
    onSaved(record, isChanged)
  }
  const set = form.setFieldValue as (field: string, value: unknown) => void
  const take = (values: V, fields: readonly FieldOf<V>[]) => {
    for (const field of fields) set(field, values[field])
  }
  const meet = async (changes: SeenChange[]) => {
    const now = procedures.get.queryOptions({ id: base.id }, { staleTime: 0 })
    const record = (await queryClient.fetchQuery(now)) as unknown as R
    const [before, mine, theirs] = [shape.valuesOf(base), form.getValues(), shape.valuesOf(record)]
    const both = new Set(changedFields(before, mine))
    const apart = changedFields(before, theirs)
    take(
      theirs,
      apart.filter((field) => !both.has(field)),
    )
    setBase(record)
    const fields = apart.filter((field) => both.has(field) && !isSame(mine[field], theirs[field]))
    setConflict({ changes, theirs, fields })
  }
  const update = useMutation(
    procedures.update.mutationOptions({
      onSuccess: (answer) => {
        const record = answer as unknown as R
        changed(record)
        done(record, true)
      },
      onError: (error) => {
        const known = knownError(error)
        if (known?.reason !== `${kind.entity}.stale`) return state.onRefused(error)
        const { changes } = known.details as { changes: SeenChange[] }
        return meet(changes).catch(state.onRefused)
      },
    }),
  )
  const save = (values: V) => {
    const fields = changedFields(shape.valuesOf(base), values)
    const { id, version } = base
    if (fields.length) update.mutate({ id, version, ...inputOf(shape, values, fields) })
    else done(base, false)
  }
  const takeTheirs = () => {
    if (conflict) take(conflict.theirs, conflict.fields)
    setConflict(null)
  }
  return {
    state,
    conflict,
    isBusy: update.isPending,
    save,
    keepMine: () => save(form.getValues()),
    takeTheirs,
    isUnsaved: () => !isSaved.current && changedFields(shape.valuesOf(base), form.getValues()).length > 0,
  }
}
