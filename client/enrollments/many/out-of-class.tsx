import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { SchoolClass } from '../../classes/class-kind.ts'
import { useWords } from '../../messages/messages.tsx'
import { useToday, useTrpc } from '../../school.tsx'
import { EnrollPanel } from '../enroll-panel.tsx'
import { isInClass } from '../enrollment-place.ts'
import { enrollmentWords } from '../enrollment-words.ts'
import { LeavingFields, useLeaving } from '../leaving-fields.tsx'
import type { ClassFound } from '../use-found.ts'
import { FindClass } from './find-class.tsx'
import { useWithdrawMany } from './withdraw-many.tsx'

interface OutOfClassProps {
  studentIds: readonly string[]
  onClose(): void
}

const none: SchoolClass['roster'] = []

/** Those of the chosen students who are in one class leave it. */
export function OutOfClass({ studentIds, onClose }: OutOfClassProps) {
  const trpc = useTrpc()
  const today = useToday()
  const { many: words } = useWords(enrollmentWords)
  const input = useRef<HTMLInputElement>(null)
  const [from, setFrom] = useState<ClassFound>()
  const [isAsked, setAsked] = useState(false)
  const { data } = useQuery(trpc.classes.get.queryOptions({ id: from?.id ?? '' }, { enabled: from !== undefined }))
  const roster = from && data?.id === from.id ? data.roster : none
  const students = roster.filter((one) => isInClass(one, today) && studentIds.includes(one.studentId))
  const leaving = useLeaving()
  const { send, isBusy, failure } = useWithdrawMany({ from: { title: from?.title ?? '' }, students, onClose })
  const submit = () => {
    setAsked(true)
    if (!from) return input.current?.focus()
    const why = leaving.demand()
    if (why && students.length) send(why)
  }
  return (
    <EnrollPanel
      title={words.outOfTitle(studentIds.length)}
      submitLabel={words.withdrawSubmit(students.length)}
      isBusy={isBusy}
      failure={failure}
      forecast={
        from ? data && words.inIt(students.length, studentIds.length, from.title) : isAsked && words.missingClass
      }
      onSubmit={submit}
      onClose={onClose}
    >
      <FindClass chosen={from} notInto={undefined} onChoose={setFrom} input={input}>
        <LeavingFields {...leaving.fields} />
      </FindClass>
    </EnrollPanel>
  )
}
