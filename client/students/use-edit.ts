import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { knownError } from '../errors.ts'
import { useTrpc } from '../school.tsx'
import type { FormField, FormValues } from './form-values.ts'
import { changedFields, inputOf, isSame, valuesOf } from './form-values.ts'
import type { Student } from './student-queries.ts'
import { useStudentChanged } from './student-queries.ts'
import { useStudentForm } from './use-student-form.ts'

export interface SeenChange {
  by: string | null
  way: 'screen' | 'import' | 'cli'
  at: string
  fields: string[]
}
/** Somebody else saved first: what they changed, and where both changed the same. */
export interface Conflict {
  changes: SeenChange[]
  theirs: FormValues
  fields: FormField[]
}

/**
 * Edits a student as she was when the form opened. When somebody else was faster, their change comes into the fields not
 * touched here, and what was typed stays.
 */
export function useEdit(opened: Student, onSaved: (student: Student, isChanged: boolean) => void) {
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const changed = useStudentChanged()
  const [base, setBase] = useState(opened)
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const isSaved = useRef(false)
  const state = useStudentForm(valuesOf(opened))
  const { form } = state

  const done = (student: Student, isChanged: boolean) => {
    isSaved.current = true
    onSaved(student, isChanged)
  }
  const take = (values: FormValues, fields: readonly FormField[]) => {
    for (const field of fields) form.setFieldValue(field, values[field])
  }
  const meet = async (changes: SeenChange[]) => {
    const student = await queryClient.fetchQuery(trpc.students.get.queryOptions({ id: base.id }, { staleTime: 0 }))
    const [before, mine, theirs] = [valuesOf(base), form.getValues(), valuesOf(student)]
    const touched = changedFields(before, mine)
    const [both, apart] = [new Set(touched), changedFields(before, theirs)]
    take(
      theirs,
      apart.filter((field) => !both.has(field)),
    )
    setBase(student)
    const fields = apart.filter((field) => both.has(field) && !isSame(mine[field], theirs[field]))
    setConflict({ changes, theirs, fields })
  }
  const update = useMutation(
    trpc.students.update.mutationOptions({
      onSuccess: (student) => {
        changed(student)
        done(student, true)
      },
      onError: (error) => {
        const known = knownError(error)
        if (known?.reason !== 'student.stale') return state.onRefused(error)
        const { changes } = known.details as { changes: SeenChange[] }
        return meet(changes).catch(state.onRefused)
      },
    }),
  )
  const save = (values: FormValues) => {
    const fields = changedFields(valuesOf(base), values)
    const { id, version } = base
    if (fields.length) update.mutate({ id, version, ...inputOf(values, fields) })
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
    isUnsaved: () => !isSaved.current && changedFields(valuesOf(base), form.getValues()).length > 0,
  }
}
