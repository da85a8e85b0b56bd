import type { ReactNode, RefObject } from 'react'
import { useState } from 'react'
import { TermSelect } from '../../classes/classes-filters.tsx'
import { useShownTerm } from '../../classes/use-shown-term.ts'
import { useWords } from '../../messages/messages.tsx'
import { Finder } from '../../ui/finder.tsx'
import { ChosenList } from '../chosen-list.tsx'
import { enrollmentWords } from '../enrollment-words.ts'
import type { ClassFound } from '../use-found.ts'
import { useClassSecond, useFoundClasses } from '../use-found.ts'

interface FindClassProps {
  chosen: ClassFound | undefined
  /** The class where they are can't be chosen. */
  notInto: string | undefined
  onChoose(to: ClassFound | undefined): void
  input: RefObject<HTMLInputElement | null>
  children: ReactNode
}

/** One class, by a part of its title or code; another one takes its place. */
export function FindClass({ chosen, notInto, onChoose, input, children }: FindClassProps) {
  const { enroll: words, many } = useWords(enrollmentWords)
  const [text, setText] = useState('')
  const [wantedTerm, setTerm] = useState<string>()
  const term = useShownTerm({ term: wantedTerm })
  const found = useFoundClasses(text, term.shown)
  const secondOf = useClassSecond()
  const toFound = (one: ClassFound) => ({
    id: one.id,
    label: one.title,
    second: secondOf(one),
    refusal: one.id === notInto ? words.isInThat : undefined,
  })
  const pick = (id: string) => {
    onChoose(found?.find((one) => one.id === id))
    setText('')
  }
  return (
    <>
      <TermSelect term={term} onChoose={setTerm} />
      <Finder
        label={words.findClasses}
        placeholder={words.findClassesHint}
        text={text}
        onType={setText}
        found={found?.map(toFound)}
        nothing={words.noClass(text.trim())}
        onPick={({ id }) => pick(id)}
        input={input}
      />
      {children}
      {chosen && <ChosenList label={many.intoClass} chosen={[toFound(chosen)]} onRemove={() => onChoose(undefined)} />}
    </>
  )
}
