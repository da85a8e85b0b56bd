import { Link } from '@tanstack/react-router'
import type { CSSProperties } from 'react'
import { useWords } from '../messages/messages.tsx'
import { useOpenDays, useSchool } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { Marks } from './marks.tsx'
import type { Placed } from './place-blocks.ts'
import { minutesOf, placeBlocks } from './place-blocks.ts'
import { timetableWords } from './timetable-words.ts'
import './timetable.css'
import { calledName } from '../people.ts'
import { daysLater, weekdayOf } from './timetable-search.ts'

export type Week = Outputs['meetings']['week']
export type WeekMeeting = Week['meetings'][number]

const hour = 60
/** The line under a class's name. It leaves out whose week it is. */
const detailsOf = ({ roomName, instructors }: WeekMeeting, of: Week['of']): string =>
  [of !== 'room' && roomName, of !== 'instructor' && instructors.map(calledName).join(', ')].filter(Boolean).join(' · ')

function Block({ placed, of, start }: { placed: Placed<WeekMeeting>; of: Week['of']; start: number }) {
  const words = useWords(timetableWords)
  const { slug } = useSchool()
  const { block, lane, lanes, length } = placed
  const style = {
    '--from': placed.start - start,
    '--length': length,
    '--lane': lane,
    '--lanes': lanes,
  } as CSSProperties
  const details = detailsOf(block, of)
  const collides = block.collisions.length
    ? block.collisions.every(({ reason }) => reason)
      ? 'held'
      : 'new'
    : undefined
  return (
    <li className="block" style={style} data-short={length < 40 || undefined} data-collides={collides}>
      <span className="block-times">{words.times(block.startTime, block.endTime)}</span>
      <Link to="/$school/classes/$id" params={{ school: slug, id: block.classId }}>
        {block.classTitle}
      </Link>
      {details && <span className="block-more">{details}</span>}
      <Marks {...block} />
    </li>
  )
}

const hoursOf = (meetings: readonly WeekMeeting[]): [first: number, last: number] => {
  const starts = meetings.map(({ startTime }) => Math.floor(minutesOf(startTime) / hour))
  const ends = meetings.map(({ endTime }) => Math.ceil(minutesOf(endTime) / hour))
  return [Math.min(...starts), Math.max(...ends)]
}

/** The days on which the school is open, and those on which something is held all the same. */
function daysOf({ monday, meetings }: Week, open: readonly number[]): string[] {
  const days = Array.from({ length: 7 }, (_, index) => daysLater(monday, index))
  const held = new Set(meetings.map(({ date }) => date))
  return days.filter((day) => open.includes(weekdayOf(day)) || held.has(day))
}

/** Days as columns, and each block as high as it lasts; on a phone, one day after the other. */
export function WeekGrid({ week }: { week: Week }) {
  const words = useWords(timetableWords)
  const held = week.meetings.filter(({ date }) => date !== null)
  const [first, last] = hoursOf(held)
  const hours = Array.from({ length: last - first }, (_, index) => first + index)
  const days = daysOf(week, useOpenDays())
  const style = { '--hours': hours.length, '--days': days.length } as CSSProperties
  return (
    <div className="week-grid" style={style}>
      <div className="week-hours" aria-hidden>
        {hours.map((at) => (
          <span key={at}>{words.time(`${String(at).padStart(2, '0')}:00`)}</span>
        ))}
      </div>
      {days.map((day) => {
        const blocks = placeBlocks(held.filter(({ date }) => date === day))
        const isToday = day === week.today
        const told = week.days.find(({ date }) => date === day)
        return (
          <section key={day} className="week-day" data-today={isToday || undefined}>
            <h2>
              {words.dayHead(day)}
              {told && told.cycleDay !== null && <span className="dim"> {words.week.cycleDay(told.cycleDay)}</span>}
              {isToday && <span className="dim"> {words.week.today}</span>}
            </h2>
            {told && words.dayTold(told) && <p className="dim day-told">{words.dayTold(told)}</p>}
            {!blocks.length && <p className="dim nothing-on">{words.week.nothingOn}</p>}
            <ol>
              {blocks.map((placed) => (
                <Block key={placed.block.id} placed={placed} of={week.of} start={first * hour} />
              ))}
            </ol>
          </section>
        )
      })}
    </div>
  )
}

/** Meetings on cycle days that no calendar gives a date. */
export function CycleDays({ week }: { week: Week }) {
  const words = useWords(timetableWords)
  const { slug } = useSchool()
  const held = week.meetings.filter(({ date }) => date === null)
  if (!held.length) return null
  return (
    <section className="section">
      <h2>{words.week.cycle}</h2>
      <p className="dim">{words.week.cycleHint}</p>
      <ul className="meeting-lines">
        {held.map((meeting) => (
          <li key={meeting.id}>
            <span className="meeting-when">
              {words.week.cycleDay(meeting.cycleDay ?? 0)}, {words.times(meeting.startTime, meeting.endTime)}
            </span>
            <Link to="/$school/classes/$id" params={{ school: slug, id: meeting.classId }}>
              {meeting.classTitle}
            </Link>
            <span className="dim">{detailsOf(meeting, week.of)}</span>
            <Marks {...meeting} />
          </li>
        ))}
      </ul>
    </section>
  )
}
