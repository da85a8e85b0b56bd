const clock = (time: string) => new Date(`2024-01-01T${time}:00Z`)

/**
 * Times of day as a language writes them, so that `readTime` reads them back. Halves of the day are written where they are
 * am and pm; elsewhere hours go from 00 to 23, with their zero: '6:30' would be read as half past six in the evening.
 */
export function clockTimes(locale: string) {
  const shared = { minute: '2-digit', timeZone: 'UTC', numberingSystem: 'latn' } as const
  const usual = new Intl.DateTimeFormat(locale, { ...shared, hour: 'numeric' })
  const hasHalves = usual.resolvedOptions().hour12 && /\d\s?[ap]\.?\s?m\.?$/i.test(usual.format(clock('09:00')))
  const format = hasHalves ? usual : new Intl.DateTimeFormat(locale, { ...shared, hour: '2-digit', hourCycle: 'h23' })
  return {
    time: (time: string) => format.format(clock(time)),
    times: (start: string, end: string) => format.formatRange(clock(start), clock(end)),
  }
}
