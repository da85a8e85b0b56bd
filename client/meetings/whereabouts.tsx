import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useWords } from '../messages/messages.tsx'
import { useSchool, useTrpc } from '../school.tsx'
import { useClock } from '../use-clock.ts'
import { masterWords } from './master-words.ts'
import { timetableWords } from './timetable-words.ts'
import './whereabouts.css'
import type { WeekMeeting } from './week-grid.tsx'

interface Moment {
  date: string
  time: string
}
type Dated = WeekMeeting & { date: string }

/** What the student is in at the moment, and what comes next in this week; of several at once, the first. */
export function whereabouts(meetings: readonly WeekMeeting[], { date, time }: Moment) {
  const dated = meetings.filter((one): one is Dated => one.date !== null)
  const at = `${date} ${time}`
  return {
    now: dated.find((one) => one.date === date && one.startTime <= time && time < one.endTime),
    next: dated.find((one) => `${one.date} ${one.startTime}` > at),
  }
}

/** The answer in one line, and where to go; quiet while it is not known. Instructors are told of their own classes. */
export function Whereabouts({ studentId, isBrief = false }: { studentId: string; isBrief?: boolean }) {
  const { whereabouts: words } = useWords(masterWords)
  const { dayHead, time: timeOf, times } = useWords(timetableWords)
  const { slug, timeZone, role } = useSchool()
  const moment = useClock(timeZone)
  const { data } = useQuery(
    useTrpc().meetings.week.queryOptions({ of: 'student', id: studentId, day: moment.date }, { staleTime: 60_000 }),
  )
  const { now, next } = whereabouts(data?.meetings ?? [], moment)
  const when = (one: Dated) => {
    const hours = times(one.startTime, one.endTime)
    return one.date === moment.date ? hours : `${dayHead(one.date)}, ${hours}`
  }
  const notNow = role === 'instructor' ? words.notNowOwn : words.notNow
  const until = now && timeOf(now.endTime)
  const nowSaid = now && until ? words.now(now.classTitle, now.roomName, until) : notNow
  const begins = next && when(next)
  const nextSaid = next && begins ? words.next(next.classTitle, next.roomName, begins) : words.nothingMore
  if (isBrief) return data && <span>{now || !next ? nowSaid : `${nowSaid}. ${nextSaid}`}</span>
  return (
    <p className="whereabouts">
      {data && (
        <>
          {now ? (
            <Link to="/$school/classes/$id" params={{ school: slug, id: now.classId }}>
              {nowSaid}
            </Link>
          ) : (
            <span>{nowSaid}</span>
          )}
          <span className="dim">{nextSaid}</span>
        </>
      )}
    </p>
  )
}
