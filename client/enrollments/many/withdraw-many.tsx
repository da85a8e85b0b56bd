import { useMutation } from '@tanstack/react-query'
import { sentenceOf } from '../../errors.ts'
import { useUndo } from '../../lists/use-undo.ts'
import { useMessages, useWords } from '../../messages/messages.tsx'
import { fullName, listName } from '../../people.ts'
import { useTrpc } from '../../school.tsx'
import { ShortDialog } from '../../ui/short-dialog.tsx'
import type { Enrolled } from '../class-roster.tsx'
import { enrollmentWords } from '../enrollment-words.ts'
import { LeavingFields, useLeaving } from '../leaving-fields.tsx'
import { refusalsOf } from '../use-enroll.ts'
import { RefusedList } from './refused-list.tsx'

interface WithdrawManyProps {
  from: { title: string }
  students: readonly Pick<Enrolled, 'id' | 'version' | 'givenName' | 'familyName' | 'preferredName'>[]
  onClose(): void
}

export function useWithdrawMany({ from, students, onClose }: WithdrawManyProps) {
  const trpc = useTrpc()
  const messages = useMessages()
  const { change, many: words } = useWords(enrollmentWords)
  const say = useUndo({ undo: change.undo, undone: words.undone })
  const { mutate, error, isPending } = useMutation(
    trpc.enrollments.withdrawMany.mutationOptions({
      onSuccess: ({ operationId, changed, promoted }) => {
        say(words.withdrawn(changed, from.title, promoted.map(fullName)), operationId)
        onClose()
      },
    }),
  )
  const refusals = refusalsOf(error)
  const names = new Map(students.map((one) => [one.id, listName(one)]))
  const failure =
    refusals.size > 0 ? (
      <RefusedList said={words.notWithdrawn(refusals.size)} refusals={refusals} nameOf={(id) => names.get(id) ?? ''} />
    ) : (
      error && sentenceOf(error, messages)
    )
  const items = students.map(({ id, version }) => ({ id, version }))
  type Why = Omit<Parameters<typeof mutate>[0], 'items'>
  return { send: (why: Why) => mutate({ items, ...why }), isBusy: isPending, failure }
}

/** All of them leave the class on one day and for one reason. */
export function WithdrawMany(props: WithdrawManyProps) {
  const { from, students, onClose } = props
  const { many: words } = useWords(enrollmentWords)
  const leaving = useLeaving()
  const { send, isBusy, failure } = useWithdrawMany(props)
  const submit = () => {
    const why = leaving.demand()
    if (why) send(why)
  }
  return (
    <ShortDialog
      title={words.withdrawTitle(students.length, from.title)}
      submitLabel={words.withdrawSubmit(students.length)}
      isBusy={isBusy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <LeavingFields {...leaving.fields} />
    </ShortDialog>
  )
}
