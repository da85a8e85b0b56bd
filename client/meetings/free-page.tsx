import { Button, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { FocusEvent, KeyboardEvent, ReactNode } from 'react'
import { useState } from 'react'
import { isOpenKind } from '../../db/values.ts'
import { useWords } from '../messages/messages.tsx'
import { calledName } from '../people.ts'
import { useMay, useSchool, useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { DateField } from '../ui/date-field.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { Notice, PageHead, Section, Waiting } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { useClock } from '../use-clock.ts'
import type { FreeSearch } from './master-search.ts'
import { masterWords } from './master-words.ts'
import { minutesOf } from './place-blocks.ts'
import { readTime } from './read-time.ts'
import { dayFrom } from './timetable-search.ts'
import { timetableWords } from './timetable-words.ts'
import './free.css'

const route = getRouteApi('/$school/free')

type Free = Outputs['meetings']['free']
interface Asked {
  day: string
  startTime: string
  endTime: string
  seats: number | null
}

/** As long as most classes last. */
const lesson = 45
const lastMinute = 23 * 60 + 59
function later(time: string, minutes: number): string {
  const at = Math.min(minutesOf(time) + minutes, lastMinute)
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`
}

/** Now and for a lesson, unless the address says another time. */
function useAsked(): Asked {
  const { timeZone } = useSchool()
  const { date, time } = useClock(timeZone)
  const { day = date, from, to, seats = null } = route.useSearch()
  const startTime = from ?? (time < '23:59' ? time : '23:58')
  return { day, startTime, endTime: to ?? later(startTime, lesson), seats }
}

interface TypedProps {
  label: string
  value: string
  /** What is wrong with the text, or nothing; then it is asked for. */
  onLeave(text: string): string | undefined
}
/** What is typed is asked for when the field is left, or with Enter. */
function Typed({ label, value, onLeave }: TypedProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const [error, setError] = useState<string>()
  const leave = ({ currentTarget }: FocusEvent<HTMLInputElement> | KeyboardEvent<HTMLInputElement>) => {
    if (typed === null) return
    const wrong = onLeave(currentTarget.value)
    setError(wrong)
    if (!wrong) setTyped(null)
  }
  return (
    <TextInput
      label={label}
      autoComplete="off"
      inputMode="text"
      value={typed ?? value}
      error={error}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={leave}
      onKeyDown={(event) => event.key === 'Enter' && leave(event)}
    />
  )
}

function DayTyped({ day, onGo }: { day: string; onGo(day: string): void }) {
  const { free: words } = useWords(masterWords)
  const [typed, setTyped] = useState<string | null>(null)
  const known = typed === null ? day : dayFrom(typed)
  return (
    <DateField
      id="free-day"
      label={words.day}
      description={words.dayHint}
      value={typed ?? day}
      error={typed !== null && !known ? words.wrongDay : undefined}
      onChange={(text) => {
        setTyped(text)
        const next = dayFrom(text)
        if (next && next !== day) onGo(next)
      }}
      onBlur={() => known && setTyped(null)}
    />
  )
}

function Fields({ asked, periods }: { asked: Asked; periods: Free['periods'] }) {
  const { free: words } = useWords(masterWords)
  const { times } = useWords(timetableWords)
  const navigate = route.useNavigate()
  const go = (next: FreeSearch) => void navigate({ search: (now) => ({ ...now, ...next }), replace: true })
  const goAt = (from: string, to: string) => {
    if (from >= to) return words.wrongOrder
    go({ day: asked.day, from, to })
    return undefined
  }
  const { startTime, endTime, seats } = asked
  const length = minutesOf(endTime) - minutesOf(startTime)
  return (
    <div className="free-fields">
      <DayTyped day={asked.day} onGo={(day) => go({ day, from: startTime, to: endTime })} />
      <Typed
        label={words.from}
        value={startTime}
        onLeave={(text) => {
          const time = readTime(text)
          return time ? goAt(time, later(time, length)) : words.wrongTime
        }}
      />
      <Typed
        label={words.to}
        value={endTime}
        onLeave={(text) => {
          const time = readTime(text)
          return time ? goAt(startTime, time) : words.wrongTime
        }}
      />
      <Typed
        label={words.seats}
        value={seats === null ? '' : String(seats)}
        onLeave={(text) => {
          const count = text.trim() === '' ? undefined : Number(text)
          if (count !== undefined && !(Number.isInteger(count) && count > 0 && count <= 100_000))
            return words.wrongSeats
          go({ seats: count })
          return undefined
        }}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: buttons that each ask at once are no fields of a form */}
      <div className="free-periods" role="group" aria-label={words.periods}>
        <Button variant="default" onClick={() => go({ day: undefined, from: undefined, to: undefined })}>
          {words.now}
        </Button>
        {periods.map((period) => (
          <Button
            key={period.id}
            variant="default"
            aria-pressed={period.startTime === startTime && period.endTime === endTime}
            title={times(period.startTime, period.endTime)}
            onClick={() => goAt(period.startTime, period.endTime)}
          >
            {period.name}
          </Button>
        ))}
      </div>
    </div>
  )
}

const pages = { room: '/$school/rooms/$id', instructor: '/$school/instructors/$id' } as const
function Name({ kind, id, children }: { kind: keyof typeof pages; id: string; children: string }) {
  const { slug } = useSchool()
  if (!useMay(`${kind}.read`)) return <span className="free-name">{children}</span>
  return (
    <Link className="free-name" to={pages[kind]} params={{ school: slug, id }}>
      {children}
    </Link>
  )
}

interface ListProps {
  title: string
  empty: string
  emptyHint?: string
  count: number
  children: ReactNode[]
}
function List({ title, empty, emptyHint, count, children }: ListProps) {
  const { free: words } = useWords(masterWords)
  return (
    <Section title={title} aside={<span className="dim digits"> {words.count(count)}</span>}>
      {count === 0 && <p className="dim">{[empty, emptyHint].filter(Boolean).join('. ')}</p>}
      <ul className="free-list">{children}</ul>
      {count > children.length && <p className="dim">{words.more(count - children.length)}</p>}
    </Section>
  )
}

function FreeOf({ free }: { free: Free }) {
  const { free: words } = useWords(masterWords)
  const { dayKinds, dayTold, week } = useWords(timetableWords)
  const { kind, cycleDay, note } = free.day
  return (
    <>
      {kind && !isOpenKind(kind) && (
        <Notice tone="info">
          <p>
            {words.closed} {dayTold({ kind, note }) || dayKinds[kind]}
          </p>
        </Notice>
      )}
      {cycleDay !== null && <p className="dim">{week.cycleDay(cycleDay)}</p>}
      <div className="side-by-side">
        <List title={words.rooms} empty={words.noRooms} emptyHint={words.noRoomsHint} count={free.rooms.count}>
          {free.rooms.rows.map(({ id, name, seats }) => (
            <li key={id}>
              <Name kind="room" id={id}>
                {name}
              </Name>
              {seats !== null && <span className="dim digits">{words.seatsOf(seats)}</span>}
            </li>
          ))}
        </List>
        <List title={words.instructors} empty={words.noInstructors} count={free.instructors.count}>
          {free.instructors.rows.map(({ id, name }) => (
            <li key={id}>
              <Name kind="instructor" id={id}>
                {calledName(name)}
              </Name>
            </li>
          ))}
        </List>
      </div>
    </>
  )
}

/** Which rooms and instructors no class takes, now or at another time. */
export function FreePage() {
  const { free: words } = useWords(masterWords)
  const { dayHead, times } = useWords(timetableWords)
  const { name } = useSchool()
  const asked = useAsked()
  const { data, error } = useQuery(useTrpc().meetings.free.queryOptions(asked, { placeholderData: keepPreviousData }))
  usePageTitle(words.title, name)
  return (
    <div className="page free-page">
      <PageHead
        title={words.title}
        aside={
          <span className="dim digits">
            {dayHead(asked.day)}, {times(asked.startTime, asked.endTime)}
          </span>
        }
      />
      <Fields asked={asked} periods={data?.periods ?? []} />
      {error && !data && <NotRead isPage error={error} />}
      {!data && !error && <Waiting lines={10} />}
      {data && <FreeOf free={data} />}
    </div>
  )
}
