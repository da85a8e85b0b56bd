import { ActionIcon, Button } from '@mantine/core'
import IconPencil from '@tabler/icons-react/dist/esm/icons/IconPencil.mjs'
import { lazy, Suspense, useState } from 'react'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { part } from '../part.ts'
import { fullName } from '../people.ts'
import { useMay, useToday } from '../school.tsx'
import type { Student } from '../students/student-queries.ts'
import { useGrades } from '../students/use-grades.ts'
import { Section, Waiting } from '../ui/page.tsx'
import { schoolEnrollmentWords } from './school-enrollment-words.ts'
import './stays.css'
import type { Stay } from './use-stays.ts'
import { useStays } from './use-stays.ts'

const LeaveDialog = lazy(part(() => import('./leave-dialog.tsx')))
const EnterDialog = lazy(part(() => import('./enter-dialog.tsx')))
const EditStayDialog = lazy(part(() => import('./edit-stay-dialog.tsx')))

function useSpan() {
  const words = useWords(schoolEnrollmentWords)
  const today = useToday()
  return ({ beginDate, endDate }: Stay) => (beginDate > today ? words.coming : words.span)(beginDate, endDate)
}

/** How she came and left, in half sentences. */
function useAbout() {
  const words = useWords(schoolEnrollmentWords)
  const grades = useGrades()
  return ({ gradeLevel, entryType, exitType, destination, fte }: Stay) =>
    [
      gradeLevel && grades.name(gradeLevel),
      Number(fte) !== 1 && words.partTime(fte),
      entryType && words.entryTypes[entryType],
      words.went(exitType, destination),
    ]
      .filter(Boolean)
      .join(' · ')
}

interface StaysProps {
  stays: readonly Stay[]
  name: string
  /** None for those who may only look. */
  onEdit: ((stay: Stay) => void) | undefined
}

function Stays({ stays, name, onEdit }: StaysProps) {
  const words = useWords(schoolEnrollmentWords)
  const spanOf = useSpan()
  const aboutOf = useAbout()
  return (
    <ul className="stays" aria-label={words.list(name)}>
      {stays.map((stay) => (
        <li key={stay.id}>
          <div className="what">
            <div className="days digits">{spanOf(stay)}</div>
            <div className="dim">{aboutOf(stay)}</div>
          </div>
          {onEdit && (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={words.edit(spanOf(stay))}
              onClick={() => onEdit(stay)}
            >
              <IconPencil size={14} aria-hidden />
            </ActionIcon>
          )}
        </li>
      ))}
    </ul>
  )
}

type Doing = 'leave' | 'enter' | Stay

/** The days that she is in, or is to be in: those without an end first, then those whose end is to come. */
const toLeave = (stays: readonly Stay[], today: string): Stay | undefined =>
  stays.find(({ endDate }) => endDate === null) ?? stays.find(({ endDate }) => endDate !== null && endDate >= today)

/** What can be done: she leaves while her days have no end, or one to come, and comes back once they have one. */
function Buttons({ student, stays, onDo }: { student: Student; stays: readonly Stay[]; onDo(doing: Doing): void }) {
  const words = useWords(schoolEnrollmentWords)
  const isOpen = stays.some(({ endDate }) => endDate === null)
  const mayLeave = Boolean(toLeave(stays, useToday())) || (!stays.length && student.status === 'active')
  return (
    <div className="stay-buttons">
      {!isOpen && (
        <Button variant="default" onClick={() => onDo('enter')}>
          {stays.length ? words.comeBack.open : words.add.open}
        </Button>
      )}
      {mayLeave && (
        <Button variant="default" onClick={() => onDo('leave')}>
          {words.leave.open}
        </Button>
      )}
    </div>
  )
}

/** The student's days at the school on her page, where the office enters that she comes, leaves and comes back. */
export function AtSchoolSection({ student }: { student: Student }) {
  const messages = useMessages()
  const words = useWords(schoolEnrollmentWords)
  const mayWrite = useMay('student.write') && !student.archivedAt
  const { data: stays, error } = useStays(student.id)
  const today = useToday()
  const [doing, setDoing] = useState<Doing | null>(null)
  const name = fullName(student)
  const close = () => setDoing(null)
  if (stays && !stays.length && !mayWrite) return null
  return (
    <Section title={words.title}>
      {!stays && error && <p className="dim">{sentenceOf(error, messages)}</p>}
      {!stays && !error && <Waiting lines={1} />}
      {stays?.length === 0 && <p className="dim">{words.none}</p>}
      {stays && stays.length > 0 && <Stays stays={stays} name={name} onEdit={mayWrite ? setDoing : undefined} />}
      {stays && mayWrite && <Buttons student={student} stays={stays} onDo={setDoing} />}
      <Suspense>
        {doing === 'leave' && (
          <LeaveDialog student={{ id: student.id, name }} stay={stays && toLeave(stays, today)} onClose={close} />
        )}
        {doing === 'enter' && (
          <EnterDialog student={{ ...student, name }} isAgain={Boolean(stays?.length)} onClose={close} />
        )}
        {doing !== null && typeof doing === 'object' && <EditStayDialog stay={doing} name={name} onClose={close} />}
      </Suspense>
    </Section>
  )
}
