import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { lazy, Suspense } from 'react'
import type { SchoolClass } from '../classes/class-kind.ts'
import { classWords } from '../classes/class-words.ts'
import { useWords } from '../messages/messages.tsx'
import { part } from '../part.ts'
import { Section } from '../ui/page.tsx'
import type { Enrolled } from './class-roster.tsx'
import { ClassRoster } from './class-roster.tsx'
import { enrollmentWords } from './enrollment-words.ts'
import { useRosterChoice } from './many/use-roster-choice.ts'

const RosterBar = lazy(part(() => import('./many/roster-bar.tsx')))

interface RosterSectionProps {
  of: SchoolClass
  roster: readonly Enrolled[]
  next: string | undefined
  /** What can be done with the whole roster. */
  actions: ReactNode
}

/** The roster; while students are chosen, what can be done with them takes the place of its actions. */
export function RosterSection({ of, roster, next, actions }: RosterSectionProps) {
  const words = useWords(classWords)
  const { many } = useWords(enrollmentWords)
  const { chosen, choice, begin, isOn, end } = useRosterChoice(of, roster)
  const plain = (
    <>
      {begin && (
        <Button variant="default" onClick={begin}>
          {many.select}
        </Button>
      )}
      {roster.length > 0 && actions}
    </>
  )
  return (
    <Section
      title={words.roster}
      actions={
        isOn ? (
          <Suspense>
            <RosterBar of={of} chosen={chosen} onEnd={end} />
          </Suspense>
        ) : (
          plain
        )
      }
    >
      <ClassRoster of={of} roster={roster} next={next} choice={choice} />
    </Section>
  )
}
