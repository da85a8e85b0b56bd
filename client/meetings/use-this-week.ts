import { useQuery } from '@tanstack/react-query'
import { useToday, useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import type { MeetingGroup } from './group-meetings.ts'
import { groupMeetings } from './group-meetings.ts'
import { weekdayOf } from './timetable-search.ts'

type Week = Outputs['meetings']['week']
export type HeldGroup = MeetingGroup<Week['meetings'][number] & { weekday: number | null }>

/** What is held in the week of today: a time of day once for all its days, the earliest first. */
export function useThisWeek(of: Week['of'], id: string) {
  const day = useToday()
  const { data, error } = useQuery(useTrpc().meetings.week.queryOptions({ of, id, day }))
  const held = data?.meetings.map((one) => ({ ...one, weekday: one.date ? weekdayOf(one.date) : null })) ?? []
  const groups: HeldGroup[] = groupMeetings(held).toSorted((a, b) => (a.one.startTime < b.one.startTime ? -1 : 1))
  return { groups, isRead: Boolean(data), error: data ? null : error }
}
