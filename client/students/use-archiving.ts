import { useMutation } from '@tanstack/react-query'
import { sentenceOf } from '../errors.ts'
import { useMessages } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import { toast } from '../ui/toast.tsx'
import { fullName } from './student-name.ts'
import type { Student } from './student-queries.ts'
import { useStudentChanged } from './student-queries.ts'

/** Archiving asks nothing and can be undone. */
export function useArchiving() {
  const trpc = useTrpc()
  const messages = useMessages()
  const changed = useStudentChanged()
  const onError = (error: unknown) => toast(sentenceOf(error, messages))
  const restore = useMutation(
    trpc.students.restore.mutationOptions({
      onError,
      onSuccess: (student) => {
        changed(student, true)
        toast(messages.student.restoredToast(fullName(student)))
      },
    }),
  )
  const archive = useMutation(
    trpc.students.archive.mutationOptions({
      onError,
      onSuccess: (student) => {
        changed(student)
        const { id, version } = student
        const undo = { label: messages.student.undo, run: () => restore.mutate({ id, version }) }
        toast(messages.student.archivedToast(fullName(student)), undo)
      },
    }),
  )
  return {
    isBusy: archive.isPending || restore.isPending,
    archive: ({ id, version }: Student) => archive.mutate({ id, version }),
    restore: ({ id, version }: Student) => restore.mutate({ id, version }),
  }
}
