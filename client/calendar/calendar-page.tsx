import { ActionIcon, Button } from '@mantine/core'
import IconChevronLeft from '@tabler/icons-react/dist/esm/icons/IconChevronLeft.mjs'
import IconChevronRight from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useWords } from '../messages/messages.tsx'
import { useMay, useSchool, useToday, useTrpc, useWeekdays } from '../school.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { Notice, PageHead, Waiting } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { calendarWords } from './calendar-words.ts'
import { DayPanel } from './day-panel.tsx'
import { inMonth, monthOf, monthsLater, weeksOf } from './month-days.ts'
import { MonthGrid } from './month-grid.tsx'
import './calendar.css'

const route = getRouteApi('/$school/calendar')

function Steps({ day, today, onGo }: { day: string; today: string; onGo(day: string): void }) {
  const { page: words } = useWords(calendarWords)
  const step = (count: number) => onGo(inMonth(day, monthsLater(monthOf(day), count)))
  return (
    <div className="month-steps">
      <ActionIcon variant="default" size={30} aria-label={words.previous} onClick={() => step(-1)}>
        <IconChevronLeft size={16} aria-hidden />
      </ActionIcon>
      <Button variant="default" disabled={day === today} onClick={() => onGo(today)}>
        {words.today}
      </Button>
      <ActionIcon variant="default" size={30} aria-label={words.next} onClick={() => step(1)}>
        <IconChevronRight size={16} aria-hidden />
      </ActionIcon>
    </div>
  )
}

function Actions() {
  const { page: words } = useWords(calendarWords)
  const { slug } = useSchool()
  return (
    <>
      <LinkButton variant="default" to="/$school/calendar/bells" params={{ school: slug }}>
        {words.bells}
      </LinkButton>
      <LinkButton to="/$school/calendar/year" params={{ school: slug }}>
        {words.layOut}
      </LinkButton>
    </>
  )
}

/** A month with what each day is; who may, changes the chosen day beside it. */
export function CalendarPage() {
  const { page: words } = useWords(calendarWords)
  const { name } = useSchool()
  const today = useToday()
  const mayChange = useMay('calendar.write')
  const { day = today } = route.useSearch()
  const navigate = route.useNavigate()
  const month = monthOf(day)
  const weeks = weeksOf(month, useWeekdays()[0])
  const range = { from: weeks[0]?.[0] ?? day, to: weeks.at(-1)?.at(-1) ?? day }
  const { data, error } = useQuery(useTrpc().calendars.days.queryOptions(range, { placeholderData: keepPreviousData }))
  usePageTitle(words.title, name)
  const go = (next: string) => void navigate({ search: next === today ? {} : { day: next }, replace: true })
  if (error) return <NotRead isPage error={error} />
  return (
    <div className="page calendar-page">
      <PageHead
        title={words.title}
        aside={<span className="dim">{words.month(month)}</span>}
        actions={mayChange && <Actions />}
      />
      <Steps day={day} today={today} onGo={go} />
      {!data && <Waiting lines={8} />}
      {data && !data.calendar && (
        <Notice tone="info">
          <p>
            <strong>{words.empty}.</strong> {mayChange ? words.emptyHint : words.emptyRead}
          </p>
        </Notice>
      )}
      {data && (
        <div className="month-and-day">
          <MonthGrid
            month={month}
            today={today}
            chosen={day}
            days={data.days}
            schedules={data.schedules}
            onChoose={go}
          />
          <DayPanel date={day} stored={data.days} schedules={data.schedules} mayChange={mayChange} />
        </div>
      )}
    </div>
  )
}
