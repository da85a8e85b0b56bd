import { expect, test } from 'vitest'
import { readHolidayLines } from '../../../client/calendar/read-holidays.ts'

const year = { from: '2026-08-31', to: '2027-06-18' }
const read = (text: string, locale = 'en-US') => readHolidayLines(text, locale, year)
const lines = (text: string, locale?: string) =>
  read(text, locale).holidays.map(({ from, to, note }) => [from, to, note])

test('a line is a day, or two with a dash between them, and what they are called', () => {
  expect(
    lines(
      '7 Sept 2026 Labor Day\nNovember 26, 2026 - November 27, 2026 Thanksgiving\n2027-01-18: Martin Luther King Day',
    ),
  ).toEqual([
    ['2026-09-07', '2026-09-07', 'Labor Day'],
    ['2026-11-26', '2026-11-27', 'Thanksgiving'],
    ['2027-01-18', '2027-01-18', 'Martin Luther King Day'],
  ])
})

test('a day without its year is the one in the year that is laid out', () => {
  expect(lines('21 December – 1 January Winter break\n29 Mar to 2 Apr\tSpring break')).toEqual([
    ['2026-12-21', '2027-01-01', 'Winter break'],
    ['2027-03-29', '2027-04-02', 'Spring break'],
  ])
})

test('dates are read as the school writes them', () => {
  expect(lines('3. Oktober 2026 Tag der Deutschen Einheit', 'de-DE')).toEqual([
    ['2026-10-03', '2026-10-03', 'Tag der Deutschen Einheit'],
  ])
})

test('a line without a date, and one whose month nobody can tell, is said instead of guessed', () => {
  expect(read('Holidays\n\n7/8/26 Who knows\n25 Dec Christmas')).toEqual({
    holidays: [{ from: '2026-12-25', to: '2026-12-25', note: 'Christmas' }],
    unread: ['Holidays', '7/8/26 Who knows'],
  })
})

test('two days are read with a dash, a word of the language, or the month of the first', () => {
  expect(
    lines('24 December 2026-3 January 2027 Winter\nNov 25-27 Thanksgiving\nFeb 15 - 16, 2027: Presidents'),
  ).toEqual([
    ['2026-12-24', '2027-01-03', 'Winter'],
    ['2026-11-25', '2026-11-27', 'Thanksgiving'],
    ['2027-02-15', '2027-02-16', 'Presidents'],
  ])
  expect(
    lines('24. Dezember bis 6. Januar Ferien\nMo, 5. Oktober 2026 bis Di, 6. Oktober 2026 Fahrt', 'de-DE'),
  ).toEqual([
    ['2026-12-24', '2027-01-06', 'Ferien'],
    ['2026-10-05', '2026-10-06', 'Fahrt'],
  ])
})

test('the name of the weekday before a date is passed over', () => {
  expect(lines('Thursday, November 26, 2026: Thanksgiving\nMon 7 Sept Labor Day')).toEqual([
    ['2026-11-26', '2026-11-26', 'Thanksgiving'],
    ['2026-09-07', '2026-09-07', 'Labor Day'],
  ])
})

test('two days in the wrong order are said instead of guessed', () => {
  expect(read('3 January 2027 - 24 December 2026 Winter').unread).toHaveLength(1)
})
