import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { sentenceOf } from '../errors.ts'
import { useMessages } from '../messages/messages.tsx'
import { useSchool, useTrpc } from '../school.tsx'
import { Empty } from '../ui/empty.tsx'
import { LeaveGuard } from '../ui/leave-guard.tsx'
import { PageHead, Waiting } from '../ui/page.tsx'
import { toast } from '../ui/toast.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { useGoingBack } from '../use-going-back.ts'
import { StudentConflict } from './student-conflict.tsx'
import { StudentForm } from './student-form.tsx'
import { fullName } from './student-name.ts'
import type { Student } from './student-queries.ts'
import { useEdit } from './use-edit.ts'

const route = getRouteApi('/$school/students/$id/edit')

function EditStudent({ student }: { student: Student }) {
  const { form: words, student: studentWords } = useMessages()
  const { slug, name } = useSchool()
  const navigate = route.useNavigate()
  const leave = useGoingBack(
    useCallback(
      () => void navigate({ to: '/$school/students/$id', params: { school: slug, id: student.id }, replace: true }),
      [navigate, slug, student.id],
    ),
  )
  usePageTitle(studentWords.editTitle(fullName(student)), name)
  const edit = useEdit(student, (saved, isChanged) => {
    if (isChanged) toast(studentWords.savedToast(fullName(saved)))
    leave()
  })
  return (
    <>
      <PageHead title={studentWords.editTitle(fullName(student))} />
      <StudentForm state={edit.state} submitLabel={words.save} isBusy={edit.isBusy} onSave={edit.save} onCancel={leave}>
        {edit.conflict && (
          <StudentConflict
            conflict={edit.conflict}
            mine={edit.state.form.values}
            isBusy={edit.isBusy}
            onKeepMine={edit.keepMine}
            onUseTheirs={edit.takeTheirs}
          />
        )}
      </StudentForm>
      <LeaveGuard isUnsaved={edit.isUnsaved} />
    </>
  )
}

/** The form opens on the student as she is now, and what others change meanwhile does not move under the typing. */
export function EditStudentPage() {
  const messages = useMessages()
  const { id } = route.useParams()
  const trpc = useTrpc()
  const { data, error, isFetchedAfterMount } = useQuery(trpc.students.get.queryOptions({ id }, { staleTime: 0 }))
  return (
    <div className="page">
      {data && isFetchedAfterMount && <EditStudent key={id} student={data} />}
      {!isFetchedAfterMount && !error && <Waiting label={messages.loading} />}
      {!data && error && <Empty isPage title={messages.errors.title} hint={sentenceOf(error, messages)} />}
    </div>
  )
}
