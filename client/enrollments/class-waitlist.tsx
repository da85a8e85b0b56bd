import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats, useWords } from '../messages/messages.tsx'
import { fullName, listName } from '../people.ts'
import { useMay, useSchool } from '../school.tsx'
import { Notice, Section } from '../ui/page.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import { EnrollmentActions } from './enrollment-actions.tsx'
import { enrollmentWords } from './enrollment-words.ts'
import { usePromote } from './use-enrollment-writes.ts'
import { useWaitingOrder } from './use-waiting-order.ts'
import { TriedOrder, useDropOn, WaitingGrip } from './waiting-grip.tsx'
import { WithdrawDialog } from './withdraw-dialog.tsx'
import '../classes/class.css'
import type { SchoolClass } from '../classes/class-kind.ts'
import { classWords } from '../classes/class-words.ts'

type Waiting = SchoolClass['roster'][number]

function TakeOff({ waiting, of }: { waiting: Waiting; of: SchoolClass }) {
  const { waitlist: words } = useWords(enrollmentWords)
  const [isOpen, setOpen] = useState(false)
  const name = fullName(waiting)
  return (
    <>
      <Button variant="subtle" color="gray" aria-label={words.takeOffLabel(name)} onClick={() => setOpen(true)}>
        {words.takeOff}
      </Button>
      {isOpen && (
        <WithdrawDialog
          place={{ enrollment: waiting, name, classTitle: of.title }}
          onClose={() => setOpen(false)}
          onDone={() => setOpen(false)}
        />
      )}
    </>
  )
}

interface ActionsProps {
  waiting: Waiting
  of: SchoolClass
  onPutFirst: (() => void) | undefined
}
const Actions = ({ waiting, of, onPutFirst }: ActionsProps) => (
  <EnrollmentActions
    place={{ enrollment: waiting, name: fullName(waiting), classTitle: of.title }}
    about={listName(waiting)}
    onPutFirst={onPutFirst}
  />
)

function FreeSeats({ of }: { of: SchoolClass }) {
  const { waitlist: words } = useWords(enrollmentWords)
  const { send, isBusy } = usePromote(of)
  return (
    <Notice tone="info">
      <p>{words.free(of.seatsToGive)}</p>
      <Button className="push" loading={isBusy} onClick={send}>
        {words.promote}
      </Button>
    </Notice>
  )
}

export function ClassWaitlist({ of, waiting }: { of: SchoolClass; waiting: readonly Waiting[] }) {
  const { waitlist: words } = useWords(enrollmentWords)
  const { archivedStudent } = useWords(classWords)
  const formats = useFormats()
  const { slug } = useSchool()
  const isNarrow = useIsNarrow()
  const mayWrite = useMay('enrollment.write') && !of.archivedAt
  const order = useWaitingOrder(of, waiting)
  const dropOn = useDropOn(order)
  if (!waiting.length) return null
  const mayOrder = mayWrite && !isNarrow && waiting.length > 1
  return (
    <Section
      title={words.title}
      aside={<span className="second digits">{formats.number(waiting.length)}</span>}
      actions={order.isTried && <TriedOrder order={order} />}
    >
      {mayWrite && of.seatsToGive > 0 && <FreeSeats of={of} />}
      <ol className="waiting-list" aria-label={words.table}>
        {order.shown.map((one, index) => (
          <li key={one.id} {...(mayOrder && dropOn(index))}>
            {mayOrder && <WaitingGrip one={one} index={index} order={order} />}
            <Link to="/$school/students/$id" params={{ school: slug, id: one.studentId }} className="plain-link">
              {listName(one)}
            </Link>
            <span className="dim">{one.isArchived ? archivedStudent : one.number}</span>
            {mayWrite && isNarrow && (
              <Actions waiting={one} of={of} onPutFirst={index > 0 ? () => order.drop(index, 0) : undefined} />
            )}
            {mayWrite && !isNarrow && <TakeOff waiting={one} of={of} />}
          </li>
        ))}
      </ol>
    </Section>
  )
}
