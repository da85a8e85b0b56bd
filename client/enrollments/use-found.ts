/** What a finder's text matches, asked for once the typing rests. */
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { classListWords } from '../classes/class-words.ts'
import { groupMeetings } from '../meetings/group-meetings.ts'
import { timetableWords } from '../meetings/timetable-words.ts'
import { useWords } from '../messages/messages.tsx'
import { fullName } from '../people.ts'
import { useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'

export type StudentFound = Outputs['students']['list']['rows'][number]
export type ClassFound = Outputs['classes']['list']['rows'][number] & { times: Outputs['meetings']['ofClasses'] }

const limit = 8

function useRested(text: string) {
  const typed = text.trim()
  const [rested] = useDebouncedValue(typed, 120)
  return { search: rested, isRested: rested === typed, enabled: rested !== '' }
}

export function useFoundStudents(text: string) {
  const trpc = useTrpc()
  const { search, isRested, enabled } = useRested(text)
  const { data } = useQuery(trpc.students.list.queryOptions({ search, limit }, { enabled }))
  return isRested ? data?.rows : undefined
}

export function useFoundClasses(text: string, termId: string | undefined) {
  const trpc = useTrpc()
  const { search, isRested, enabled } = useRested(text)
  const { data } = useQuery(
    trpc.classes.list.queryOptions({ search, limit, ...(termId && { academicSessionId: termId }) }, { enabled }),
  )
  const classIds = data?.rows.map(({ id }) => id) ?? []
  const { data: times, isError } = useQuery(
    trpc.meetings.ofClasses.queryOptions({ classIds }, { enabled: enabled && classIds.length > 0 }),
  )
  // They come together: a line that grows under the pointer is another one.
  const isWhole = times !== undefined || isError || classIds.length === 0
  if (!isRested || !isWhole) return undefined
  return data?.rows.map(
    (row): ClassFound => ({
      ...row,
      times: (times ?? []).filter(({ classId }) => classId === row.id),
    }),
  )
}

/** Code, times, rooms, instructors and seats tell classes of one title apart. */
export function useClassSecond() {
  const words = useWords(classListWords)
  const timetable = useWords(timetableWords)
  return ({ code, roomName, instructors, taken, capacity, times }: ClassFound): string => {
    const meets = groupMeetings(times.map((one) => ({ ...one, roomId: null }))).map(
      ({ weekdays, cycleDay, one }) =>
        `${cycleDay === null ? timetable.weekdays(weekdays) : timetable.week.cycleDay(cycleDay)} ${timetable.times(one.startTime, one.endTime)}`,
    )
    const rooms = new Set(times.flatMap((one) => one.roomName ?? []))
    const where = times.length ? [...rooms] : [roomName]
    return [code, ...meets, ...where, ...instructors.map(fullName), words.seats(taken, capacity)]
      .filter(Boolean)
      .join(' · ')
  }
}
