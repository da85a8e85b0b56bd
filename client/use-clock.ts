import { useEffect, useState } from 'react'

const shown = (format: Intl.DateTimeFormat) => {
  const [date = '', time = ''] = format.format(new Date()).split(' ')
  return { date, time }
}

/** The school's date and time, 'YYYY-MM-DD' and 'HH:MM'; renders again when the minute changes. */
export function useClock(timeZone: string): { date: string; time: string } {
  const [format] = useState(
    () => new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }),
  )
  const [now, setNow] = useState(() => shown(format))
  useEffect(() => {
    const timer = setInterval(() => {
      const next = shown(format)
      setNow((before) => (before.time === next.time && before.date === next.date ? before : next))
    }, 5_000)
    return () => clearInterval(timer)
  }, [format])
  return now
}
