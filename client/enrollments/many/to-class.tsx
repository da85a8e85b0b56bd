import { useRef, useState } from 'react'
import { useWords } from '../../messages/messages.tsx'
import { listName } from '../../people.ts'
import { useDay } from '../../records/use-day.ts'
import { DateField } from '../../ui/date-field.tsx'
import { EnrollPanel, OfferWaitlist } from '../enroll-panel.tsx'
import { enrollmentWords } from '../enrollment-words.ts'
import { forecast } from '../forecast.ts'
import { useStudentCollisions } from '../use-collisions.ts'
import type { ClassFound } from '../use-found.ts'
import { FindClass } from './find-class.tsx'
import { RefusedList } from './refused-list.tsx'
import type { Sent } from './use-to-class.ts'
import { useToClass } from './use-to-class.ts'

/** How many get a seat there, and how many have another class at its hours. */
function useOutlook({ verb, from, students }: Sent, to: ClassFound | undefined, day: string | null) {
  const { enroll: words, collision } = useWords(enrollmentWords)
  const studentIds = to ? students.map(({ studentId }) => studentId) : []
  const left = verb === 'move' ? from?.id : undefined
  const { size: colliding } = useStudentCollisions(to?.id ?? '', studentIds, day, left)
  if (!to) return { waitlisted: 0, sentence: '' }
  const { capacity, taken, title } = to
  const count = students.length
  const waitlisted = verb === 'enroll' ? forecast({ capacity, taken, waiting: 0 }, count).waitlisted : 0
  const seats = words.forecast({ title, capacity, taken, waiting: 0, chosen: count, waitlisted })
  return { waitlisted, sentence: [seats, colliding > 0 && collision.collide(colliding)].filter(Boolean).join(' ') }
}

function useTexts({ verb, from, students }: Sent, waitlisted: number) {
  const { enroll: words, many } = useWords(enrollmentWords)
  const count = students.length
  return verb === 'move'
    ? {
        title: many.moveTitle(count, from?.title ?? ''),
        submitLabel: many.moveSubmit(count),
        hint: many.moveHint,
        refused: many.notMoved,
      }
    : {
        title: many.enrollTitle(count),
        submitLabel: words.submit(count - waitlisted, waitlisted),
        hint: words.beginHint,
        refused: many.notEnrolled,
      }
}

/** All chosen students into one class: out of another one, or besides it. */
export function ToClass({ onClose, ...sent }: Sent & { onClose(): void }) {
  const { verb, from, students } = sent
  const { change, many } = useWords(enrollmentWords)
  const input = useRef<HTMLInputElement>(null)
  const [to, setTo] = useState<ClassFound>()
  const [isAsked, setAsked] = useState(false)
  const begin = useDay('enroll-begin', null)
  const { waitlisted, sentence } = useOutlook(sent, to, begin.day)
  const { title, submitLabel, hint, refused } = useTexts(sent, waitlisted)
  const { send, isBusy, failure, refusals, isFull } = useToClass(sent, onClose)
  const submit = (waitlist: boolean) => {
    setAsked(true)
    begin.show()
    if (!to) input.current?.focus()
    else if (!begin.isWrong) send(to, begin.day, waitlist)
  }
  const names = new Map(students.flatMap((one) => [one.studentId, one.id].map((id) => [id, listName(one)] as const)))
  const why = refusals.size ? (
    <RefusedList said={refused(refusals.size)} refusals={refusals} nameOf={(id) => names.get(id) ?? ''} />
  ) : (
    failure && <p>{failure}</p>
  )
  const offer = (
    <OfferWaitlist isBusy={isBusy} onAdd={() => submit(true)}>
      {why}
    </OfferWaitlist>
  )
  return (
    <EnrollPanel
      title={title}
      submitLabel={submitLabel}
      isBusy={isBusy}
      failure={verb === 'enroll' && isFull ? offer : why}
      forecast={to ? sentence : isAsked && many.missingClass}
      onSubmit={() => submit(waitlisted > 0)}
      onClose={onClose}
    >
      <FindClass chosen={to} notInto={from?.id} onChoose={setTo} input={input}>
        <DateField label={change.beginDate} {...begin.field} description={hint} />
      </FindClass>
    </EnrollPanel>
  )
}
