import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { lazy, Suspense } from 'react'
import type { SchoolClass } from '../classes/class-kind.ts'
import { classWords } from '../classes/class-words.ts'
import { useWords } from '../messages/messages.tsx'
import { part } from '../part.ts'
import { useToday } from '../school.tsx'
import { useGrades } from '../students/use-grades.ts'
import { Section } from '../ui/page.tsx'
import type { Enrolled } from './class-roster.tsx'
import { ClassRoster, sharedGrade } from './class-roster.tsx'
import { isInClass } from './enrollment-place.ts'
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
  const grades = useGrades()
  const today = useToday()
  const grade = sharedGrade(roster)
  const count = roster.filter((one) => isInClass(one, today)).length
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
      aside={
        roster.length > 0 && <span className="dim count">{words.rosterCount(count, grade && grades.name(grade))}</span>
      }
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
