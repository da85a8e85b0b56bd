import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ChosenList } from '../enrollments/chosen-list.tsx'
import { useWords } from '../messages/messages.tsx'
import { found } from '../records/found-rows.ts'
import { useTrpc } from '../school.tsx'
import { Finder } from '../ui/finder.tsx'
import type { Rules } from './flags-words.ts'
import { flagsWords } from './flags-words.ts'

interface PickerProps<One> {
  chosen: readonly One[]
  onChange(chosen: One[]): void
}
type Person = Rules['people'][number]
type School = Rules['schools'][number]

const shownAtMost = 8

export function PeoplePicker({ chosen, onChange }: PickerProps<Person>) {
  const words = useWords(flagsWords).form
  const trpc = useTrpc()
  const [text, setText] = useState('')
  const search = text.trim()
  const { data } = useQuery(trpc.flags.findPeople.queryOptions({ search }, { enabled: search !== '' }))
  const isChosen = (id: string) => chosen.some((one) => one.id === id)
  const pick = (id: string) => {
    const one = data?.find((person) => person.id === id)
    if (one) onChange([...chosen, { id, name: one.name, email: one.email }])
    setText('')
  }
  return (
    <div className="flag-picker">
      <Finder
        label={words.findPerson}
        placeholder={words.findPersonHint}
        text={text}
        onType={setText}
        found={data?.map(({ id, name, email, school }) => ({
          ...{ id, label: name, second: `${email} · ${school}` },
          refusal: isChosen(id) ? words.isChosen : undefined,
        }))}
        nothing={words.noPerson(search)}
        onPick={({ id }) => pick(id)}
      />
      <ChosenList
        label={words.people}
        chosen={chosen.map(({ id, name, email }) => ({ id, label: name, second: email }))}
        onRemove={(id) => onChange(chosen.filter((one) => one.id !== id))}
      />
    </div>
  )
}

export function SchoolsPicker({ offered, chosen, onChange }: PickerProps<School> & { offered: readonly School[] }) {
  const words = useWords(flagsWords).form
  const [text, setText] = useState('')
  const fitting = found(offered, text, ({ name, slug }) => `${name} ${slug}`).slice(0, shownAtMost)
  const isChosen = (id: number) => chosen.some((one) => one.id === id)
  const pick = (id: string) => {
    const one = offered.find((school) => String(school.id) === id)
    if (one) onChange([...chosen, one])
    setText('')
  }
  return (
    <div className="flag-picker">
      <Finder
        label={words.findSchool}
        placeholder={words.findSchoolHint}
        text={text}
        onType={setText}
        found={fitting.map(({ id, name, slug }) => ({
          ...{ id: String(id), label: name, second: slug },
          refusal: isChosen(id) ? words.isChosen : undefined,
        }))}
        nothing={words.noSchool(text.trim())}
        onPick={({ id }) => pick(id)}
      />
      <ChosenList
        label={words.schools}
        chosen={chosen.map(({ id, name, slug }) => ({ id: String(id), label: name, second: slug }))}
        onRemove={(id) => onChange(chosen.filter((one) => String(one.id) !== id))}
      />
    </div>
  )
}
