/** What people rather look at than read. Each part leads to the list of exactly what it counts. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Filled, slot } from '../history/filled.tsx'
import { useFormats, useWords } from '../messages/messages.tsx'
import { useSchool, useTrpc } from '../school.tsx'
import { noGrade } from '../students/students-search.ts'
import { useGrades } from '../students/use-grades.ts'
import type { Outputs } from '../trpc.ts'
import { Section } from '../ui/page.tsx'
import type { Column } from './columns.tsx'
import { Columns } from './columns.tsx'
import { homeWords } from './home-words.ts'
import { refreshed } from './refreshed.ts'

type Figures = Outputs['home']['figures']
export type Enrollment = NonNullable<Figures['enrollment']>
type Day = NonNullable<Figures['week']>[number]

/** Asked together with Home itself, so that one answer brings both. */
export function useFigures() {
  const isOwn = useSchool().role === 'instructor'
  const { data, isPending } = useQuery(
    useTrpc().home.figures.queryOptions(undefined, { ...refreshed, enabled: !isOwn }),
  )
  return { figures: data, isPending }
}
export type Shown = ReturnType<typeof useFigures>

interface FigureProps {
  title: string
  aside?: ReactNode
  kind: 'grades' | 'week' | 'seats'
  isPending: boolean
  children: ReactNode
}
/** Its place is kept while it is on its way. */
export const Figure = ({ title, aside, kind, isPending, children }: FigureProps) => (
  <Section title={title} aside={aside}>
    <div className="figure" data-kind={kind} aria-busy={isPending}>
      {children}
    </div>
  </Section>
)

/** Youngest first, as the school lists its grades; then those that are in no list, and those of students without one. */
function useGradeColumns(grades: Enrollment['grades']) {
  const words = useWords(homeWords)
  const { choices, name, short } = useGrades()
  const places = new Map(choices().map(({ value }, place) => [value, place]))
  const placeOf = (level: string | null) => (level === null ? 2_000 : (places.get(level) ?? 1_000))
  return grades
    .toSorted(
      (a, b) => placeOf(a.gradeLevel) - placeOf(b.gradeLevel) || ((a.gradeLevel ?? '') < (b.gradeLevel ?? '') ? -1 : 1),
    )
    .map(({ gradeLevel, ...counts }) => ({
      ...counts,
      key: gradeLevel ?? noGrade,
      label: gradeLevel === null ? words.noGradeShort : short(gradeLevel),
      told: `${gradeLevel === null ? words.noGrade : name(gradeLevel)}: ${words.inGrade(counts.count, counts.before)}`,
    }))
}

function EnrollmentColumns({ enrollment }: { enrollment: Enrollment }) {
  const words = useWords(homeWords)
  const { number } = useFormats()
  const { slug } = useSchool()
  const columns = useGradeColumns(enrollment.grades)
  const { total, before, comparedWith } = enrollment
  const all = (
    <Link key="all" to="/$school/students" params={{ school: slug }} search={{ status: 'active' }}>
      {words.atSchool(total)}
    </Link>
  )
  const isByGrade = columns.some((one) => one.before !== null)
  const text = comparedWith === null || before === null ? slot(0) : words.compared(slot(0), total - before, isByGrade)
  return (
    <>
      <p className="dim">
        <Filled text={text} parts={[all]} />
      </p>
      <Columns
        label={words.enrollment}
        columns={columns}
        shown={number}
        wayTo={({ key }, picture) => (
          <Link to="/$school/students" params={{ school: slug }} search={{ grade: key, status: 'active' }}>
            {picture}
          </Link>
        )}
      />
    </>
  )
}

export function EnrollmentFigure({ figures, isPending }: Shown) {
  const words = useWords(homeWords)
  if (!isPending && !figures?.enrollment) return null
  return (
    <Figure title={words.enrollment} kind="grades" isPending={isPending}>
      {figures?.enrollment && <EnrollmentColumns enrollment={figures.enrollment} />}
    </Figure>
  )
}

function WeekColumns({ days }: { days: readonly Day[] }) {
  const words = useWords(homeWords)
  const { number } = useFormats()
  const { slug } = useSchool()
  const columns: (Column & { date: string })[] = days.map(({ date, count }) => ({
    ...{ key: date, date, count },
    label: words.weekday(date),
    told: words.changesOn(date, count),
  }))
  return (
    <Columns
      label={words.week}
      columns={columns}
      least={10}
      shown={number}
      wayTo={({ date }, picture) => (
        <Link to="/$school/history" params={{ school: slug }} search={{ from: date, to: date }}>
          {picture}
        </Link>
      )}
    />
  )
}

export function WeekFigure({ figures, isPending }: Shown) {
  const words = useWords(homeWords)
  if (!isPending && !figures?.week) return null
  return (
    <Figure title={words.week} kind="week" isPending={isPending}>
      {figures?.week && <WeekColumns days={figures.week} />}
    </Figure>
  )
}
