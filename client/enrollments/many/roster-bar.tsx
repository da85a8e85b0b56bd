import { Button } from '@mantine/core'
import { useState } from 'react'
import type { SchoolClass } from '../../classes/class-kind.ts'
import { useWords } from '../../messages/messages.tsx'
import { manyWords } from '../../records/many/many-words.ts'
import type { Enrolled } from '../class-roster.tsx'
import { enrollmentWords } from '../enrollment-words.ts'
import { ToClass } from './to-class.tsx'
import { WithdrawMany } from './withdraw-many.tsx'

interface RosterBarProps {
  of: SchoolClass
  chosen: readonly Enrolled[]
  onEnd(): void
}

/** What can be done with all chosen students of a class. */
export default function RosterBar({ of, chosen, onEnd }: RosterBarProps) {
  const { many: words } = useWords(enrollmentWords)
  const { selected, clear } = useWords(manyWords)
  const [doing, setDoing] = useState<'move' | 'enroll' | 'withdraw' | null>(null)
  const close = () => setDoing(null)
  const isDisabled = chosen.length === 0
  return (
    <section className="roster-bar" aria-label={words.bar}>
      <span className="bulk-count digits" role="status">
        {selected(chosen.length)}
      </span>
      <Button variant="default" disabled={isDisabled} onClick={() => setDoing('move')}>
        {words.move}
      </Button>
      <Button variant="default" disabled={isDisabled} onClick={() => setDoing('enroll')}>
        {words.enroll}
      </Button>
      <Button variant="default" disabled={isDisabled} onClick={() => setDoing('withdraw')}>
        {words.withdraw}
      </Button>
      <Button variant="subtle" color="gray" onClick={onEnd}>
        {clear}
      </Button>
      {(doing === 'move' || doing === 'enroll') && <ToClass verb={doing} from={of} students={chosen} onClose={close} />}
      {doing === 'withdraw' && <WithdrawMany from={of} students={chosen} onClose={close} />}
    </section>
  )
}
