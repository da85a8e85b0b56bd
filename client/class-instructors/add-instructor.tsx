import { Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { SchoolClass } from '../classes/class-kind.ts'
import { classWords } from '../classes/class-words.ts'
import { ChosenList } from '../enrollments/chosen-list.tsx'
import { EnrollPanel } from '../enrollments/enroll-panel.tsx'
import { HoldAnyway, useHoldReason } from '../meetings/hold-anyway.tsx'
import { useWords } from '../messages/messages.tsx'
import { fullName, listName } from '../people.ts'
import { found } from '../records/found-rows.ts'
import { useDay } from '../records/use-day.ts'
import { useToday, useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { DateField } from '../ui/date-field.tsx'
import type { Found } from '../ui/finder.tsx'
import { Finder } from '../ui/finder.tsx'
import { useAddTeaching } from './use-teaching.ts'

type Instructor = Outputs['instructors']['list'][number]

const textOf = (one: Instructor): string => `${fullName(one)} ${one.preferredName ?? ''}`

/** The list of instructors comes whole, so the search runs here. */
function useFoundInstructors(of: SchoolClass, text: string) {
  const { teaching: words } = useWords(classWords)
  const trpc = useTrpc()
  const today = useToday()
  const { data } = useQuery(trpc.instructors.list.queryOptions({}))
  const teaches = new Set(
    of.assignments.flatMap(({ instructorId, endDate }) => (endDate && endDate < today ? [] : instructorId)),
  )
  if (!data) return undefined
  return found(data, text, textOf)
    .slice(0, 8)
    .map((one) => ({
      id: one.id,
      label: listName(one),
      name: fullName(one),
      second: [one.departmentName, one.email].filter(Boolean).join(' · '),
      refusal: teaches.has(one.id) ? words.teachesAlready : undefined,
    }))
}

export default function AddInstructor({ of, onClose }: { of: SchoolClass; onClose(): void }) {
  const { teaching: words } = useWords(classWords)
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<(Found & { name: string }) | null>(null)
  const [isAsked, setAsked] = useState(false)
  const today = useToday()
  const [isPrimary, setPrimary] = useState(
    !of.assignments.some((one) => one.isPrimary && !(one.endDate && one.endDate < today)),
  )
  const begin = useDay('teaching-begin', today)
  const fitting = useFoundInstructors(of, text)
  const input = useRef<HTMLInputElement>(null)
  const { send, isBusy, failure, conflicts, refused } = useAddTeaching(of, onClose)
  const hold = useHoldReason(words.missingReason)
  const isRefused = conflicts && refused?.instructorId === chosen?.id && refused?.beginDate === begin.day
  const submit = () => {
    setAsked(true)
    begin.show()
    if (!chosen) input.current?.focus()
    else if (!begin.isWrong) {
      const overrideReason = isRefused ? hold.demand() : null
      const input = { instructorId: chosen.id, isPrimary, beginDate: begin.day }
      if (overrideReason !== undefined) send({ ...input, overrideReason }, chosen.name)
    }
  }
  return (
    <EnrollPanel
      title={words.addTitle(of.title)}
      submitLabel={words.add}
      isBusy={isBusy}
      failure={(failure ?? (isAsked && !chosen)) && <p>{failure ?? words.missing}</p>}
      forecast={chosen && words.forecast(chosen.name)}
      onSubmit={submit}
      onClose={onClose}
    >
      <Finder
        label={words.find}
        placeholder={words.findHint}
        text={text}
        onType={setText}
        found={fitting}
        nothing={words.nothing(text.trim())}
        onPick={({ id }) => {
          setChosen(fitting?.find((one) => one.id === id) ?? null)
          setText('')
        }}
        input={input}
      />
      <DateField label={words.firstDay} {...begin.field} />
      <Checkbox
        label={words.isPrimary}
        checked={isPrimary}
        onChange={(event) => setPrimary(event.currentTarget.checked)}
      />
      <ChosenList label={words.instructor} chosen={chosen ? [chosen] : []} onRemove={() => setChosen(null)} />
      {isRefused && <HoldAnyway conflicts={conflicts} field={hold.field} />}
    </EnrollPanel>
  )
}
