import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useRef } from 'react'
import { useMessages } from '../messages/messages.tsx'
import { useSchool, useTrpc } from '../school.tsx'
import type { Inputs } from '../trpc.ts'
import { LeaveGuard } from '../ui/leave-guard.tsx'
import { PageHead } from '../ui/page.tsx'
import { toast } from '../ui/toast.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { useGoingBack } from '../use-going-back.ts'
import type { FormValues } from './form-values.ts'
import { changedFields, inputOf, valuesOf } from './form-values.ts'
import { StudentForm } from './student-form.tsx'
import { fullName } from './student-name.ts'
import { useStudentChanged } from './student-queries.ts'
import { useStudentForm } from './use-student-form.ts'

const nobody = valuesOf()

export function NewStudentPage() {
  const { form: words, student: studentWords } = useMessages()
  const { slug, name } = useSchool()
  const trpc = useTrpc()
  const navigate = useNavigate()
  const cancel = useGoingBack(
    useCallback(
      () => void navigate({ to: '/$school/students', params: { school: slug }, replace: true }),
      [navigate, slug],
    ),
  )
  const changed = useStudentChanged()
  const isSaved = useRef(false)
  const state = useStudentForm(nobody)
  usePageTitle(words.newTitle, name)
  const create = useMutation(
    trpc.students.create.mutationOptions({
      onError: state.onRefused,
      onSuccess: (student) => {
        isSaved.current = true
        changed(student, true)
        toast(studentWords.addedToast(fullName(student)))
        void navigate({ to: '/$school/students/$id', params: { school: slug, id: student.id }, replace: true })
      },
    }),
  )
  const save = (values: FormValues) => create.mutate(inputOf(values) as Inputs['students']['create'])
  return (
    <div className="page">
      <PageHead title={words.newTitle} />
      <StudentForm state={state} submitLabel={words.add} isBusy={create.isPending} onSave={save} onCancel={cancel} />
      <LeaveGuard isUnsaved={() => !isSaved.current && changedFields(nobody, state.form.getValues()).length > 0} />
    </div>
  )
}
