/** What the clocks of a time zone show. Which locale writes 'YYYY-MM-DD' by itself differs between browsers and versions of Node. */
const fields = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
} as const

const made = new Map<string, Intl.DateTimeFormat>()
/** To make one takes half a millisecond, and a write of many records asks for each what day it is. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const options = { timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', ...fields } as const
  const format = made.get(timeZone) ?? new Intl.DateTimeFormat('en-US', options)
  made.set(timeZone, format)
  return format
}

export interface WallClock {
  /** 'YYYY-MM-DD' */
  date: string
  /** 'HH:MM:SS' */
  time: string
}

export function wallClock(at: Date | number, timeZone: string): WallClock {
  const parts = formatOf(timeZone).formatToParts(at)
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? ''
  return {
    date: `${of('year').padStart(4, '0')}-${of('month')}-${of('day')}`,
    time: `${of('hour')}:${of('minute')}:${of('second')}`,
  }
}
