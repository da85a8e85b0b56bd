import { useWords } from '../messages/messages.tsx'
import type { MeetingGroup } from './group-meetings.ts'
import { timetableWords } from './timetable-words.ts'

type Timed = Pick<MeetingGroup<{ startTime: string; endTime: string }>, 'weekdays' | 'cycleDay' | 'one'>

/** The days and hours of meetings that differ in nothing but their weekday. */
export function MeetingWhen({ weekdays, cycleDay, one }: Timed) {
  const words = useWords(timetableWords)
  return (
    <span className="meeting-when">
      {cycleDay === null ? words.weekdays(weekdays) : words.week.cycleDay(cycleDay)},{' '}
      {words.times(one.startTime, one.endTime)}
    </span>
  )
}
