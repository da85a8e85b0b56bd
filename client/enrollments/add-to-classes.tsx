import { useState } from 'react'
import { TermSelect } from '../classes/classes-filters.tsx'
import { useShownTerm } from '../classes/use-shown-term.ts'
import { useWords } from '../messages/messages.tsx'
import { useDay } from '../records/use-day.ts'
import { DateField } from '../ui/date-field.tsx'
import { Finder } from '../ui/finder.tsx'
import { ChosenList } from './chosen-list.tsx'
import { EnrollPanel, OfferWaitlist } from './enroll-panel.tsx'
import { enrollmentWords } from './enrollment-words.ts'
import { useAddToClasses } from './use-add-to-classes.ts'
import { useChosen } from './use-chosen.ts'
import { useClassCollisions } from './use-collisions.ts'
import type { ClassFound } from './use-found.ts'
import { useClassSecond, useFoundClasses } from './use-found.ts'

interface AddToClassesProps {
  student: { id: string; name: string }
  /** The classes she is in or waits for. */
  classIds: readonly string[]
  onClose(): void
}

const isFull = ({ taken, capacity }: ClassFound): boolean => capacity !== null && taken >= capacity

/** One student into several classes. Each class answers for itself: what one refuses, the others have done. */
export default function AddToClasses({ student, classIds, onClose }: AddToClassesProps) {
  const { enroll: words, change, collision } = useWords(enrollmentWords)
  const secondOf = useClassSecond()
  const [text, setText] = useState('')
  const [wantedTerm, setTerm] = useState<string>()
  const term = useShownTerm({ term: wantedTerm })
  const found = useFoundClasses(text, term.shown)
  const { chosen, input, add, remove } = useChosen<ClassFound>(() => setText(''))
  const begin = useDay('enroll-begin', null)
  const { send, isBusy, refusals, full } = useAddToClasses(student, remove, onClose)
  const collisions = useClassCollisions(student.id, [...chosen.keys()], begin.day)
  const waitlisted = [...chosen.values()].filter(isFull).length
  const warning = collisions.size > 0 && collision.collideClasses(collisions.size)
  const submit = (waitlist: ReadonlySet<string>) => {
    begin.show()
    if (!chosen.size) input.current?.focus()
    else if (!begin.isWrong) void send([...chosen.values()], begin.day, waitlist)
  }
  const knownFull = new Set([...chosen.values()].filter(isFull).map(({ id }) => id))
  const refusalOf = ({ id }: ClassFound) =>
    chosen.has(id) ? words.isChosen : classIds.includes(id) ? words.isInThat : undefined
  return (
    <EnrollPanel
      title={words.titleClasses(student.name)}
      submitLabel={words.submitClasses(chosen.size)}
      isBusy={isBusy}
      failure={
        full.size > 0 && (
          <OfferWaitlist isBusy={isBusy} onAdd={() => submit(new Set([...full, ...knownFull]))}>
            <p>{words.fullMeanwhile(full.size)}</p>
          </OfferWaitlist>
        )
      }
      forecast={chosen.size > 0 && [words.outcomeClasses(chosen.size, waitlisted), warning].filter(Boolean).join(' ')}
      onSubmit={() => submit(knownFull)}
      onClose={onClose}
    >
      <TermSelect term={term} onChoose={setTerm} />
      <Finder
        label={words.findClasses}
        placeholder={words.findClassesHint}
        text={text}
        onType={setText}
        found={found?.map((one) => ({
          id: one.id,
          label: one.title,
          second: secondOf(one),
          refusal: refusalOf(one),
        }))}
        nothing={words.noClass(text.trim())}
        onPick={({ id }) => add(found?.find((one) => one.id === id))}
        input={input}
      />
      <DateField label={change.beginDate} {...begin.field} description={words.beginHint} />
      <ChosenList
        label={words.chosenClasses}
        chosen={[...chosen.values()].map((one) => ({
          id: one.id,
          label: one.title,
          second: secondOf(one),
          refusal: refusals.get(one.id),
          warnings: collisions.get(one.id),
        }))}
        onRemove={remove}
      />
    </EnrollPanel>
  )
}
