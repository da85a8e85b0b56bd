import { useEffect, useState } from 'react'
import { wallClock } from '../db/wall-clock.ts'

const shown = (timeZone: string) => {
  const { date, time } = wallClock(new Date(), timeZone)
  return { date, time: time.slice(0, 5) }
}

/** The school's date and time, 'YYYY-MM-DD' and 'HH:MM'; renders again when the minute changes. */
export function useClock(timeZone: string): { date: string; time: string } {
  const [now, setNow] = useState(() => shown(timeZone))
  useEffect(() => {
    const timer = setInterval(() => {
      const next = shown(timeZone)
      setNow((before) => (before.time === next.time && before.date === next.date ? before : next))
    }, 5_000)
    return () => clearInterval(timer)
  }, [timeZone])
  return now
}
