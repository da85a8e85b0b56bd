import { useQuery } from '@tanstack/react-query'
import { useTrpc } from '../school.tsx'

export interface ChosenPeriod {
  id: string
  name: string
  /** Of the usual bell schedule, else of the first that has the period. */
  times: { startTime: string; endTime: string } | undefined
}

export function usePeriods(): ChosenPeriod[] {
  const { data } = useQuery(useTrpc().periods.list.queryOptions(undefined, { staleTime: 60_000 }))
  const times = data?.schedules.flatMap((schedule) => schedule.times) ?? []
  return (data?.periods ?? []).map(({ id, name }) => ({
    id,
    name,
    times: times.find(({ periodId }) => periodId === id),
  }))
}
