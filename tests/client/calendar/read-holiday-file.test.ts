import { expect, test } from 'vitest'
import { within } from '../../../client/calendar/holiday.ts'
import { readHolidayFile } from '../../../client/calendar/read-holiday-file.ts'

const year = { from: '2026-08-31', to: '2027-06-18' }
const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n')
const read = (text: string, timeZone = 'America/New_York') => readHolidayFile(text, year, timeZone)
const days = (...args: Parameters<typeof read>) => read(...args).holidays.map(({ from, to }) => [from, to])

test('the end of a whole day is the day after it; long lines are folded, commas escaped', () => {
  const winter = event(
    'DTSTART;VALUE=DATE:20261221',
    'DTEND;VALUE=DATE:20270102',
    'SUMMARY;LANGUAGE=en;ALTREP="https://example.org/a:b":Winter break\\, no',
    '  school \\\\n',
  )
  const file = `\uFEFFBEGIN:VCALENDAR\r\n${winter}\r\n${event('DTSTART:20261126', 'SUMMARY:Thanksgiving')}\r\nEND:VCALENDAR`
  expect(read(file).holidays).toEqual([
    { from: '2026-12-21', to: '2027-01-01', note: 'Winter break, no school \\n' },
    { from: '2026-11-26', to: '2026-11-26', note: 'Thanksgiving' },
  ])
})

test('from midnight to midnight is a whole day, on the school’s clock where the file says an instant', () => {
  expect(days(event('DTSTART;TZID=Europe/Paris:20261126T000000', 'DTEND;TZID=Europe/Paris:20261127T000000'))).toEqual([
    ['2026-11-26', '2026-11-26'],
  ])
  expect(days(event('DTSTART:20261101T040000Z', 'DTEND:20261102T050000Z'))).toEqual([['2026-11-01', '2026-11-01']])
  expect(days(event('DTSTART:20261125T130000Z', 'DTEND:20261126T130000Z'), 'Pacific/Tongatapu')).toEqual([])
  expect(days(event('DTSTART:20261125T110000Z', 'DTEND:20261126T110000Z'), 'Pacific/Tongatapu')).toEqual([
    ['2026-11-26', '2026-11-26'],
  ])
  expect(days(event('DTSTART;VALUE=DATE:20261221', 'DURATION:P2W'))).toEqual([['2026-12-21', '2027-01-03']])
})

test('an event of some hours closes no school, and is told', () => {
  const evening = event('DTSTART:20261126T180000', 'DTEND:20261126T200000', 'SUMMARY:Parents’ evening')
  expect(read(evening)).toEqual({ holidays: [], timed: 1, repeated: [] })
})

test('a day of every year is that of the year that is laid out; any other rule is told', () => {
  const christmas = event(
    'DTSTART;VALUE=DATE:20101225',
    'DTEND;VALUE=DATE:20101226',
    'RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25',
    'SUMMARY:Christmas',
  )
  const ended = event('DTSTART;VALUE=DATE:20101224', 'RRULE:FREQ=YEARLY;UNTIL=20201224')
  const newYear = event('DTSTART;VALUE=DATE:20191231', 'DTEND;VALUE=DATE:20200102', 'RRULE:FREQ=YEARLY')
  const thanksgiving = event(
    'DTSTART;VALUE=DATE:20101125',
    'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH',
    'SUMMARY:Thanksgiving',
  )
  expect(read([christmas, ended, newYear, thanksgiving].join('\n'))).toEqual({
    holidays: [
      { from: '2026-12-25', to: '2026-12-25', note: 'Christmas' },
      { from: '2026-12-31', to: '2027-01-01', note: null },
    ],
    timed: 0,
    repeated: ['Thanksgiving'],
  })
})

test('an alarm, a cancelled event, a day that is none and an event without an end bring nothing', () => {
  const alarm = event(
    'BEGIN:VALARM',
    'DTSTART:20261001',
    'SUMMARY:Alarm',
    'END:VALARM',
    'dtstart;value=date:20261126',
    'Summary:Thanksgiving',
  )
  const cancelled = event('DTSTART:20261127', 'STATUS:CANCELLED')
  const none = [event('DTSTART:20260230'), event('DTSTART:20261399'), event('SUMMARY:No day')]
  expect(read([alarm, cancelled, ...none, 'BEGIN:VEVENT', 'DTSTART:20261130'].join('\n')).holidays).toEqual([
    { from: '2026-11-26', to: '2026-11-26', note: 'Thanksgiving' },
  ])
})

test('a name that nobody can see or store is none, and a long one ends with a whole character', () => {
  const noteOf = (summary: string) => read(event('DTSTART:20261126', `SUMMARY:${summary}`)).holidays[0]?.note
  expect(noteOf('\u200B\u0000')).toBeNull()
  expect(noteOf('a\u0000b \uD83D')).toBe('a b \uFFFD')
  expect(noteOf(`${'x'.repeat(499)}😀`)).toBe('x'.repeat(499))
})

test('a time of 3,000 days is laid out as far as the year goes, and once', () => {
  const [long] = read(event('DTSTART;VALUE=DATE:20200101', 'DTEND;VALUE=DATE:20280319')).holidays
  expect(within(long ? [long, long] : [], year)).toEqual([{ ...year, note: null }])
})

test('a line of five megabytes is read at once', () => {
  const file = event('DTSTART:20261126', `SUMMARY;X="${'"'.repeat(1000)}:${':'.repeat(5_000_000)}`)
  expect(read(file).holidays).toHaveLength(1)
})
