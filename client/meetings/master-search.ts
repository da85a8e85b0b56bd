import type { Arrangement } from '../../server/meetings/input.ts'
import { dayFrom } from './timetable-search.ts'

const arrangements = ['room', 'instructor', 'time'] as const satisfies readonly Arrangement[]

const timeFrom = (value: unknown): string | undefined =>
  typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value) ? value : undefined

/** By room and of today, unless the address says something else. */
export interface MasterSearch {
  by?: Exclude<Arrangement, 'room'> | undefined
  day?: string | undefined
  span?: 'week' | undefined
  /** By time, one hour of the day alone: '08:30-09:15'. */
  at?: string | undefined
}

export const hourAt = (startTime: string, endTime: string): string => `${startTime}-${endTime}`
export function hourIn(at: string | undefined) {
  const [startTime, endTime] = at?.split('-').map(timeFrom) ?? []
  return startTime && endTime ? { startTime, endTime } : undefined
}

export function readMasterSearch({ by, day, span, at }: Record<string, unknown>): MasterSearch {
  const known = arrangements.find((one) => one === by)
  return {
    by: known === 'room' ? undefined : known,
    day: dayFrom(day),
    span: span === 'week' && known !== 'time' ? span : undefined,
    at: known === 'time' && typeof at === 'string' && hourIn(at) ? at : undefined,
  }
}

/** Now, unless the address says a day and times. */
export interface FreeSearch {
  day?: string | undefined
  from?: string | undefined
  to?: string | undefined
  seats?: number | undefined
}

export function readFreeSearch({ day, from, to, seats }: Record<string, unknown>): FreeSearch {
  const times = { from: timeFrom(from), to: timeFrom(to) }
  const isRange = times.from && times.to && times.from < times.to
  const count = Number(seats)
  return {
    day: dayFrom(day),
    ...(isRange && times),
    seats: Number.isInteger(count) && count > 0 && count <= 100_000 ? count : undefined,
  }
}
