import { Link } from '@tanstack/react-router'
import type { CSSProperties } from 'react'
import { useState } from 'react'
import { isOpenKind } from '../../db/values.ts'
import { RecordLink } from '../history/filled.tsx'
import { hourAt } from '../meetings/master-search.ts'
import { minutesOf } from '../meetings/place-blocks.ts'
import { timetableWords } from '../meetings/timetable-words.ts'
import type { Words } from '../messages/catalog.ts'
import { useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { Empty } from '../ui/empty.tsx'
import { Section } from '../ui/page.tsx'
import { Status } from '../ui/status.tsx'
import { homeWords } from './home-words.ts'

export type Home = Outputs['home']['get']
interface Hour {
  startTime: string
  endTime: string
}

type Phase = 'over' | 'now' | 'next' | 'later'
const tones = { over: 'off', now: 'ok', next: 'warn', later: 'off' } as const

/** What is going on, what comes next: of several that begin together, all. */
function phasesOf(hours: readonly Hour[], time: string): Phase[] {
  const next = hours.find(({ startTime }) => startTime > time)?.startTime
  return hours.map(({ startTime, endTime }) => {
    if (endTime <= time) return 'over'
    if (startTime <= time) return 'now'
    return startTime === next ? 'next' : 'later'
  })
}

const PhaseMark = ({ phase, words }: { phase: Phase; words: Words['home'] }) =>
  phase === 'now' || phase === 'next' ? (
    <Status tone={phase === 'now' ? tones.now : 'off'}>{words[phase]}</Status>
  ) : (
    <span className="visually-hidden">{words[phase]}</span>
  )

/** What the calendar says of today beyond that it is a day of school. */
function useDayTold({ day }: Home): string {
  const { dayTold } = useWords(timetableWords)
  return day ? dayTold(day) : ''
}

/** A snow day is told the day before, to whoever begins the day here. */
function TomorrowTold({ home }: { home: Home }) {
  const words = useWords(homeWords)
  const { dayTold } = useWords(timetableWords)
  const told = home.tomorrow ? dayTold(home.tomorrow) : ''
  return (
    told && (
      <p className="tomorrow">
        <span className="dim">{words.tomorrow}</span> {told}
      </p>
    )
  )
}

/** Above the hours of a day that is not like others. */
function TodayTold({ home }: { home: Home }) {
  const told = useDayTold(home)
  return told && <p>{told}</p>
}

function NothingToday({ home, isOwn }: { home: Home; isOwn: boolean }) {
  const words = useWords(homeWords)
  const told = useDayTold(home)
  const { term, nextTerm, nextDay, has, date } = home
  const again = nextDay && words.meetsAgain(nextDay)
  if (told && home.day && !isOpenKind(home.day.kind)) return <Empty inPage title={told} hint={again || undefined} />
  if (!term && has.terms) {
    const hint = nextTerm ? words.nextTerm(nextTerm.title, nextTerm.startDate) : words.noNextTerm
    return <Empty inPage title={words.betweenTerms} hint={again || hint} />
  }
  if (!has.meetings) return <Empty inPage title={words.noTimetable} hint={words.noTimetableHint} />
  return (
    <Empty inPage title={isOwn ? words.nothingTodayOwn(date) : words.nothingToday(date)} hint={again || undefined} />
  )
}

/** Where the hour lies in the day, from 0 to 1, and how long it is. */
function placeOf(day: Hour, startTime: string, endTime: string) {
  const [first, last] = [minutesOf(day.startTime), minutesOf(day.endTime)]
  const minutes = Math.max(1, last - first)
  return {
    '--start': (minutesOf(startTime) - first) / minutes,
    '--length': (minutesOf(endTime) - minutesOf(startTime)) / minutes,
  } as CSSProperties
}
/** The line of now, while the day goes on. */
function nowIn(day: Hour, time: string): CSSProperties {
  if (time < day.startTime || day.endTime < time) return { '--now-shown': 0 } as CSSProperties
  const minutes = Math.max(1, minutesOf(day.endTime) - minutesOf(day.startTime))
  return { '--now': (minutesOf(time) - minutesOf(day.startTime)) / minutes, '--now-shown': 1 } as CSSProperties
}

/** The way to exactly these classes. */
function HourLink({ startTime, endTime, count }: Home['hours'][number]) {
  const words = useWords(homeWords)
  const text = words.classes(count)
  return (
    <Link
      to="/$school/master-timetable"
      params={{ school: useSchool().slug }}
      search={{ by: 'time', at: hourAt(startTime, endTime) }}
      aria-label={`${words.from(startTime, endTime)}: ${text}`}
    >
      {text}
    </Link>
  )
}

/** Few enough to be taken in at a glance. */
const shownAtOnce = 9

/** When there are very many hours, those that are over are left out at first. */
export function SchoolDay({ home, time }: { home: Home; time: string }) {
  const words = useWords(homeWords)
  const [isWhole, setWhole] = useState(home.hours.length <= shownAtOnce)
  const { hours } = home
  const phases = phasesOf(hours, time)
  const current = Math.max(
    0,
    phases.findIndex((phase) => phase !== 'over'),
  )
  const from = isWhole ? 0 : Math.min(current, hours.length - shownAtOnce)
  const shown = isWhole ? hours : hours.slice(from, from + shownAtOnce)
  const meetings = hours.reduce((sum, { count }) => sum + count, 0)
  const first = hours[0]
  const last = hours
    .map(({ endTime }) => endTime)
    .toSorted()
    .at(-1)
  const day = { startTime: first?.startTime ?? '', endTime: last ?? '' }
  return (
    <Section title={words.today}>
      <TomorrowTold home={home} />
      {!first && <NothingToday home={home} isOwn={false} />}
      {first && (
        <>
          <TodayTold home={home} />
          <p className="dim">{words.meetings(meetings, first.startTime, last ?? first.endTime)}</p>
          <ul className="hours school" aria-label={words.hours} style={nowIn(day, time)}>
            {shown.map(({ startTime, endTime, count }, index) => (
              <li key={`${startTime} ${endTime}`} data-phase={phases[from + index]}>
                <span className="digits hour">{words.from(startTime, endTime)}</span>
                <span className="hour-strip" style={placeOf(day, startTime, endTime)} aria-hidden />
                <HourLink startTime={startTime} endTime={endTime} count={count} />
                <PhaseMark phase={phases[from + index] ?? 'later'} words={words} />
              </li>
            ))}
          </ul>
          {!isWhole && (
            <button type="button" className="as-link" onClick={() => setWhole(true)}>
              {words.allHours(hours.length)}
            </button>
          )}
        </>
      )}
    </Section>
  )
}

export function OwnDay({ home, time }: { home: Home; time: string }) {
  const words = useWords(homeWords)
  const phases = phasesOf(home.own, time)
  return (
    <Section title={words.ownClasses}>
      <TomorrowTold home={home} />
      {home.own.length === 0 && <NothingToday home={home} isOwn />}
      {home.own.length > 0 && <TodayTold home={home} />}
      {home.own.length > 0 && (
        <ul className="hours own" aria-label={words.ownClasses}>
          {home.own.map((meeting, index) => (
            <li key={meeting.id} data-phase={phases[index]}>
              <span className="digits hour">{words.from(meeting.startTime, meeting.endTime)}</span>
              <span>
                <RecordLink entity="class" id={meeting.classId}>
                  {meeting.title}
                </RecordLink>
                <span className="dim beside">
                  {[meeting.code, meeting.roomName, words.students(meeting.students)].filter(Boolean).join(' · ')}
                </span>
              </span>
              <PhaseMark phase={phases[index] ?? 'later'} words={words} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
