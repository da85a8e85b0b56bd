import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { OperationWay } from '../../db/values.ts'
import type { Reason } from '../../server/errors.ts'
import { useDraft, useKeeping } from '../drafts/use-draft.ts'
import { knownError } from '../errors.ts'
import type { FieldOf, FormShape, FormValues } from './form-shape.ts'
import { changedFields } from './form-shape.ts'
import type { AnyRecord, RecordKind } from './record-kind.ts'
import { useProcedures } from './record-kind.ts'
import type { Base, Unsettled } from './typed-fields.ts'
import { bringTogether, keptOf, laidOver } from './typed-fields.ts'
import { useRecordForm } from './use-record-form.ts'

export interface SeenChange {
  by: string | null
  way: OperationWay
  at: string
  fields: string[]
}
/** Somebody else saved first: what they changed, and where both changed the same. */
export interface Conflict<V> extends Unsettled<V> {
  changes: SeenChange[]
}

/** The form over the record as it was when the typing began: now, or before the page was loaded again. */
function useOpened<R extends AnyRecord, V extends FormValues>(kind: RecordKind<R>, shape: FormShape<R, V>, opened: R) {
  const baseOf = (record: R): Base<V> => ({ version: record.version, values: shape.valuesOf(record) })
  const draft = useDraft()
  const [start] = useState(() => laidOver(draft.found, baseOf(opened)))
  const [isBack, setBack] = useState(start.isBack)
  const [base, setBase] = useState(start.base)
  const [conflict, setConflict] = useState<Conflict<V> | null>(null)
  const isSaved = useRef(false)
  const state = useRecordForm(kind, shape, start.values)
  const { form } = state
  useKeeping(draft, () => (isSaved.current ? null : keptOf(base, form.getValues(), conflict)))

  const set = form.setFieldValue as (field: string, value: unknown) => void
  const take = (values: V, fields = Object.keys(values) as FieldOf<V>[]) => {
    for (const field of fields) set(field, values[field])
  }
  const startOver = () => {
    const fresh = baseOf(opened)
    take(fresh.values)
    form.clearErrors()
    setBase(fresh)
    setConflict(null)
    setBack(false)
  }
  return { state, draft, isBack, startOver, base, baseOf, setBase, conflict, setConflict, isSaved, take }
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
  /** A refusal that an answer lifts. */
  refusal?: Reason,
) {
  const procedures = useProcedures(kind)
  const queryClient = useQueryClient()
  const { base, baseOf, setBase, setConflict, isSaved, take, ...shown } = useOpened(kind, shape, opened)
  const { state, conflict } = shown
  const { form } = state
  const [asked, setAsked] = useState<object | null>(null)

  const done = (record: R, isChanged: boolean) => {
    isSaved.current = true
    shown.draft.discard()
    onSaved(record, isChanged)
  }
  const meet = async (changes: SeenChange[]) => {
    const now = procedures.get.queryOptions({ id: opened.id }, { staleTime: 0 })
    const record = (await queryClient.fetchQuery(now)) as R
    const [before, mine, theirs] = [base.values, form.getValues(), shape.valuesOf(record)]
    const { onlyTheirs, both: fields } = bringTogether(before, mine, theirs)
    take(theirs, onlyTheirs)
    setBase(baseOf(record))
    setConflict({ changes, was: before, version: base.version, theirs, fields })
  }
  const update = useMutation(
    procedures.update.mutationOptions({
      onSuccess: (answer) => done(answer, true),
      onError: (error) => {
        const known = knownError(error)
        if (known && known.reason === refusal) return setAsked(known.details ?? {})
        if (known?.reason !== `${kind.entity}.stale`) return state.onRefused(error)
        const { changes } = known.details as { changes: SeenChange[] }
        return meet(changes).catch(state.onRefused)
      },
    }),
  )
  const save = (values: V, answer: object = {}) => {
    setAsked(null)
    const fields = changedFields(base.values, values)
    const { version } = base
    if (fields.length) update.mutate({ id: opened.id, version, ...shape.inputOf(values, fields), ...answer })
    else done(opened, false)
  }
  const takeTheirs = () => {
    if (conflict) take(conflict.theirs, conflict.fields)
    setConflict(null)
  }
  return {
    ...shown,
    isBusy: update.isPending,
    isBehind: opened.version > base.version && !update.isPending && !update.isSuccess,
    save: (values: V) => save(values),
    asked,
    answer: (answer: object) => save(form.getValues(), answer),
    keepMine: () => save(form.getValues()),
    takeTheirs,
    isUnsaved: () => !isSaved.current && changedFields(base.values, form.getValues()).length > 0,
  }
}
