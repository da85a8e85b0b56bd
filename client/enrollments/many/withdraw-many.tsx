import { NativeSelect } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { withdrawalReasons } from '../../../db/values.ts'
import { sentenceOf } from '../../errors.ts'
import { useUndo } from '../../lists/use-undo.ts'
import { useMessages, useWords } from '../../messages/messages.tsx'
import { fullName, listName } from '../../people.ts'
import { useDay } from '../../records/use-day.ts'
import { useToday, useTrpc } from '../../school.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { goToField } from '../../ui/go-to-field.ts'
import { ShortDialog } from '../../ui/short-dialog.tsx'
import type { Enrolled } from '../class-roster.tsx'
import { enrollmentWords } from '../enrollment-words.ts'
import { refusalsOf } from '../use-enroll.ts'
import { RefusedList } from './refused-list.tsx'

interface WithdrawManyProps {
  from: { title: string }
  students: readonly Pick<Enrolled, 'id' | 'version' | 'givenName' | 'familyName' | 'preferredName'>[]
  onClose(): void
}

function useWithdrawMany({ from, students, onClose }: WithdrawManyProps) {
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
  const { change, many: words, reasons } = useWords(enrollmentWords)
  const [reason, setReason] = useState('')
  const [isAsked, setAsked] = useState(false)
  const last = useDay('withdraw-last-day', useToday(), change.missingLastDay)
  const { send, isBusy, failure } = useWithdrawMany(props)
  const known = withdrawalReasons.find((one) => one === reason)
  const submit = () => {
    setAsked(true)
    last.show()
    if (!known) return goToField('withdraw-reason')
    const endDate = last.demand()
    if (endDate) send({ reason: known, endDate })
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
      <NativeSelect
        id="withdraw-reason"
        data-autofocus
        label={change.reason}
        data={[
          { value: '', label: change.chooseReason },
          ...withdrawalReasons.map((value) => ({ value, label: reasons[value] })),
        ]}
        value={reason}
        error={isAsked && !known && change.missingReason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <DateField label={change.lastDay} {...last.field} description={change.lastDayHint} />
    </ShortDialog>
  )
}
