import { Link } from '@tanstack/react-router'
import { useFormats, useWords } from '../messages/messages.tsx'
import { fullName, listName } from '../people.ts'
import { useMay, useSchool, useToday } from '../school.tsx'
import { Empty } from '../ui/empty.tsx'
import type { PageColumn } from '../ui/page-table.tsx'
import { PageTable } from '../ui/page-table.tsx'
import { EnrollmentActions } from './enrollment-actions.tsx'
import { isInClass } from './enrollment-place.ts'
import { enrollmentWords } from './enrollment-words.ts'
import '../ui/table.css'
import type { SchoolClass } from '../classes/class-kind.ts'
import { classWords } from '../classes/class-words.ts'
import type { RowChoice } from '../ui/row-check.tsx'
import { RowCheck } from '../ui/row-check.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import '../classes/class.css'
import { Avatar } from '../students/avatar.tsx'
import { studentListWords, studentWords } from '../students/student-words.ts'
import { useGrades } from '../students/use-grades.ts'
import { differingState } from './enrollment-state.tsx'

export type Enrolled = SchoolClass['roster'][number]

interface RosterProps {
  of: SchoolClass
  /** Who is in the class first, then who has left or completed it. */
  roster: readonly Enrolled[]
  /** Who gets the next free seat. */
  next: string | undefined
  choice?: (RowChoice<Enrolled> & { choosable: number }) | undefined
}

const StudentLink = ({ enrolled }: { enrolled: Enrolled }) => {
  const { slug } = useSchool()
  const words = useWords(classWords)
  return (
    <Link to="/$school/students/$id" params={{ school: slug, id: enrolled.studentId }} className="row-link">
      <Avatar student={{ ...enrolled, id: enrolled.studentId }} size="row" />
      {listName(enrolled)}
      {enrolled.isArchived && <span className="second">{words.archivedStudent}</span>}
    </Link>
  )
}

const Actions = ({ enrolled, of, next }: Omit<RosterProps, 'roster' | 'choice'> & { enrolled: Enrolled }) => (
  <EnrollmentActions
    place={{ enrollment: enrolled, name: fullName(enrolled), classTitle: of.title }}
    about={listName(enrolled)}
    next={next}
  />
)

function useMayChange({ archivedAt }: SchoolClass): boolean {
  return useMay('enrollment.write') && !archivedAt
}

function Ended({ endDate, grade }: Enrolled) {
  const { change } = useWords(enrollmentWords)
  return (
    <>
      {endDate && <span>{change.until(endDate)}</span>}
      {grade && <span>{grade}</span>}
    </>
  )
}

function NarrowRoster({ of, roster, next, choice }: RosterProps) {
  const words = useWords(classWords)
  const mayChange = useMayChange(of)
  return (
    <table className="table narrow roster" aria-label={words.rosterTable}>
      <tbody>
        {roster.map((enrolled, index) => (
          <tr key={enrolled.id} data-chosen={choice?.isChosen(enrolled) || undefined}>
            {choice && (
              <td className="check-col check-cell">
                {index < choice.choosable && (
                  <RowCheck
                    isStop
                    label={choice.labelOf(enrolled)}
                    isChosen={choice.isChosen(enrolled)}
                    onToggle={(withRange) => choice.onToggle(index, withRange)}
                  />
                )}
              </td>
            )}
            <td>
              <StudentLink enrolled={enrolled} />
              <span className="under">
                {enrolled.number && <span>{enrolled.number}</span>}
                {differingState(enrolled)}
                <Ended {...enrolled} />
              </span>
            </td>
            {mayChange && (
              <td className="row-end">
                <Actions enrolled={enrolled} of={of} next={next} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function WideRoster({ of, roster, next, choice }: RosterProps) {
  const words = useWords(classWords)
  const { change } = useWords(enrollmentWords)
  const students = useWords(studentListWords)
  const student = useWords(studentWords)
  const grades = useGrades()
  const shared = sharedGrade(roster)
  const formats = useFormats()
  const mayChange = useMayChange(of)
  const day = (civil: string | null) => civil && formats.date(civil)
  const actions: PageColumn<Enrolled> = {
    header: change.actions,
    width: 56,
    isAction: true,
    cell: (enrolled) => <Actions enrolled={enrolled} of={of} next={next} />,
  }
  const columns: PageColumn<Enrolled>[] = [
    { header: students.columns.name, cell: (enrolled) => <StudentLink enrolled={enrolled} /> },
    { header: students.columns.number, width: 104, isDim: true, cell: ({ number }) => number },
    {
      header: students.columns.grade,
      width: 68,
      isRoomy: true,
      cell: (one) => !shared && grades.short(one.gradeLevel),
    },
    { header: students.columns.status, width: 116, cell: differingState },
    { header: student.from, width: 112, isRoomy: true, cell: ({ beginDate }) => day(beginDate) },
    { header: student.until, width: 112, isRoomy: true, cell: ({ endDate }) => day(endDate) },
    { header: change.grade, width: 92, isRoomy: true, cell: ({ grade }) => grade },
    ...(mayChange ? [actions] : []),
  ]
  return <PageTable label={words.rosterTable} columns={columns} rows={roster} choice={choice} />
}

export function ClassRoster(props: RosterProps) {
  const words = useWords(classWords)
  const isNarrow = useIsNarrow()
  const mayChange = useMayChange(props.of)
  if (!props.roster.length)
    return (
      <Empty inPage title={words.emptyRoster} hint={mayChange ? words.emptyRosterToEnroll : words.emptyRosterHint} />
    )
  return isNarrow ? <NarrowRoster {...props} /> : <WideRoster {...props} />
}

/** The grade level of everyone in the list, where it is one: it is said once, above. */
export function sharedGrade(roster: readonly Enrolled[]): string | null {
  const [first, ...others] = new Set(roster.map(({ gradeLevel }) => gradeLevel))
  return others.length ? null : (first ?? null)
}

/** The roster in parts: those in the class before those who were, and those who wait in their order. */
export function useRosterParts({ roster }: SchoolClass) {
  const today = useToday()
  const waiting = roster.filter(({ status }) => status === 'waitlisted')
  const others = roster.filter(({ status }) => status !== 'waitlisted')
  return {
    waiting,
    roster: [...others.filter((one) => isInClass(one, today)), ...others.filter((one) => !isInClass(one, today))],
  }
}
