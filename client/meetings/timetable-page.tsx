import { ActionIcon, Button } from '@mantine/core'
import IconChevronLeft from '@tabler/icons-react/dist/esm/icons/IconChevronLeft.mjs'
import IconChevronRight from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs'
import IconPrinter from '@tabler/icons-react/dist/esm/icons/IconPrinter.mjs'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, Navigate } from '@tanstack/react-router'
import { useWords } from '../messages/messages.tsx'
import { calledName } from '../people.ts'
import { useMay, useSchool, useToday, useTrpc } from '../school.tsx'
import { Empty } from '../ui/empty.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { BackLabel, PageHead, Waiting } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { daysLater } from './timetable-search.ts'
import { timetableWords } from './timetable-words.ts'
import type { Week } from './week-grid.tsx'
import { CycleDays, WeekGrid } from './week-grid.tsx'

const school = getRouteApi('/$school')
const route = getRouteApi('/$school/timetable')
const pages = {
  class: '/$school/classes/$id',
  instructor: '/$school/instructors/$id',
  room: '/$school/rooms/$id',
  student: '/$school/students/$id',
} as const

function Steps({ monday, isCurrent }: { monday: string; isCurrent: boolean }) {
  const { week: words } = useWords(timetableWords)
  const navigate = route.useNavigate()
  const go = (week: string | undefined) => void navigate({ search: (now) => ({ ...now, week }), replace: true })
  return (
    <>
      <ActionIcon variant="default" size={30} aria-label={words.previous} onClick={() => go(daysLater(monday, -7))}>
        <IconChevronLeft size={16} aria-hidden />
      </ActionIcon>
      <Button variant="default" disabled={isCurrent} onClick={() => go(undefined)}>
        {words.current}
      </Button>
      <ActionIcon variant="default" size={30} aria-label={words.next} onClick={() => go(daysLater(monday, 7))}>
        <IconChevronRight size={16} aria-hidden />
      </ActionIcon>
      <Button
        variant="default"
        className="week-print"
        leftSection={<IconPrinter size={15} aria-hidden />}
        onClick={() => print()}
      >
        {words.print}
      </Button>
    </>
  )
}

function PrintFoot() {
  const { week: words } = useWords(timetableWords)
  const { person } = school.useRouteContext()
  return <p className="only-printed">{words.printed(new Date().toISOString(), person.name)}</p>
}

function WeekOf({ week }: { week: Week }) {
  const words = useWords(timetableWords)
  const { name } = useSchool()
  const sunday = daysLater(week.monday, 6)
  const isCurrent = week.monday <= week.today && week.today <= sunday
  const isEmpty = !week.meetings.some(({ date }) => date)
  return (
    <div className="week-sheet">
      <p className="only-printed">{name}</p>
      <PageHead
        title={calledName(week.name)}
        aside={<span className="dim digits">{words.weekOf(week.monday, sunday)}</span>}
        actions={<Steps monday={week.monday} isCurrent={isCurrent} />}
      />
      {isEmpty ? <Empty title={words.week.empty} hint={words.week.emptyHints[week.of]} /> : <WeekGrid week={week} />}
      <CycleDays week={week} />
      <PrintFoot />
    </div>
  )
}

function FoundWeek({ of, id, day }: { of: Week['of']; id: string; day: string }) {
  const { week: words } = useWords(timetableWords)
  const { slug, name } = useSchool()
  const trpc = useTrpc()
  const mayOpen = useMay(`${of}.read`)
  const asked = { of, id, day }
  const isSame = (one: Week | undefined) => one?.of === of && one.id === id
  const { data, error } = useQuery(
    trpc.meetings.week.queryOptions(asked, {
      placeholderData: (before) => (isSame(before) ? keepPreviousData(before) : undefined),
    }),
  )
  usePageTitle(data ? calledName(data.name) : words.title, words.title, name)
  return (
    <div className="page">
      {mayOpen && (
        <Link to={pages[of]} params={{ school: slug, id }} className="back">
          <BackLabel>{words.back[of]}</BackLabel>
        </Link>
      )}
      {data && !error && <WeekOf week={data} />}
      {!data && !error && <Waiting lines={12} />}
      {error && <NotRead isPage error={error} />}
    </div>
  )
}

/** The week of a class, an instructor, a room or a student, under an address that can be sent to a colleague. */
export function TimetablePage() {
  const { week: words } = useWords(timetableWords)
  const { of, id, week } = route.useSearch()
  const { slug } = useSchool()
  const today = useToday()
  const readsMaster = useMay('timetable.read')
  if (of && id) return <FoundWeek of={of} id={id} day={week ?? today} />
  if (readsMaster)
    return (
      <Navigate to="/$school/master-timetable" params={{ school: slug }} search={{ span: 'week', day: week }} replace />
    )
  return (
    <Empty isPage title={words.nobody} hint={words.nobodyHint}>
      <LinkButton variant="default" to="/$school/classes" params={{ school: slug }}>
        {words.toClasses}
      </LinkButton>
    </Empty>
  )
}
