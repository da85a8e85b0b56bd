/** A moment as a date and a time on the clocks of a time zone. */
import { wallClock } from '../../db/wall-clock.ts'

interface Wall {
  /** 'YYYY-MM-DD', or empty. */
  date: string
  /** 'HH:MM', or empty. */
  time: string
}

export function wallOf(iso: string | null, timeZone: string): Wall {
  if (iso === null) return { date: '', time: '' }
  const { date, time: whole } = wallClock(new Date(iso), timeZone)
  return { date, time: whole.slice(0, 5) }
}

const civil = /^\d{4}-\d\d-\d\d$/
const clock = /^\d\d:\d\d$/

/** Null for neither, undefined for what is no moment. An hour that the clocks leave out is the one after it. */
export function instantOf({ date, time }: Wall, timeZone: string): string | null | undefined {
  if (!date && !time) return null
  const wanted = civil.test(date) && clock.test(time) ? Date.parse(`${date}T${time}Z`) : Number.NaN
  if (Number.isNaN(wanted)) return undefined
  const aheadAt = (at: number) => {
    const shown = wallClock(at, timeZone)
    return Date.parse(`${shown.date}T${shown.time}Z`) - at
  }
  const near = wanted - aheadAt(wanted)
  return new Date(wanted - aheadAt(near)).toISOString()
}
