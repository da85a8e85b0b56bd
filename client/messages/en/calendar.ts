/** The school's calendar, and its bells. */
import type { DayKind } from '../../../db/values.ts'
import type { Formats } from '../formats.ts'
import { dayKinds } from './timetable.ts'

const noon = (civil: string) => new Date(`${civil}T12:00:00Z`)

const page = (formats: Formats) => {
  const month = new Intl.DateTimeFormat(formats.locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const whole = new Intl.DateTimeFormat(formats.locale, { dateStyle: 'full', timeZone: 'UTC' })
  return {
    title: 'Calendar',
    month: (month_: string) => month.format(noon(`${month_}-01`)),
    day: (civil: string) => whole.format(noon(civil)),
    previous: 'Previous month',
    next: 'Next month',
    today: 'Today',
    isToday: 'today',
    layOut: 'Lay out a year',
    bells: 'Periods and bells',
    grid: 'Days of the month',
    cycleDay: (day: number) => `Day ${formats.number(day)}`,
    open: 'School day',
    weekend: 'No school',
    empty: 'No year is laid out yet',
    emptyHint:
      'Until it is, every day is open as the timetable says. Lay out a year, or choose a day and say what it is.',
    emptyRead: 'Until the office lays out a year, every day is open as the timetable says.',
    told: (count: number) =>
      formats.plural(count, {
        one: '1 day off or changed this month',
        other: `${formats.number(count)} days off or changed this month`,
      }),
    notTold: 'Nothing off or changed this month',
  }
}

const change = ({ date, number, plural }: Formats) => ({
  title: 'Change this day',
  until: 'Last day',
  untilHint: 'Only where it lasts several days',
  note: 'Note',
  noteHint: 'Everybody in the school sees it',
  asked: (day: number) => `This is Day ${number(day)} of the cycle. What becomes of it?`,
  skip: (day: number) => `Skip Day ${number(day)}`,
  skipHint: 'Later days keep the day of the cycle that they have',
  shift: 'Shift the days to come',
  shiftHint: (day: number) => `The next school day becomes Day ${number(day)}, and so on. Nothing past changes`,
  back: 'Choose something else',
  saved: (kind: DayKind, from: string, days: number) =>
    plural(days, {
      one: `${dayKinds[kind]}: ${date(from)}`,
      other: `${dayKinds[kind]}: ${number(days)} days from ${date(from)}`,
    }),
  saveNote: 'Save note',
  usual: 'The usual bells',
  undo: 'Undo',
  undone: 'The calendar is as it was',
  collides: 'Nothing was saved: with this change, classes of one room or instructor are at the same time.',
})

const layOut = ({ number, plural, date }: Formats) => ({
  title: 'Lay out a year',
  back: 'Back to the calendar',
  hint: 'What is past stays, and so does what somebody said of a day by hand.',
  from: 'First day',
  to: 'Last day',
  weekdays: 'Open on',
  cycle: 'Days in the cycle',
  cycleHint: 'Such as 6 for days 1 to 6, or empty where classes meet by weekday',
  cycleInvalid: 'Enter a number from 2 to 30, or nothing',
  holidays: 'Holidays and other closed days',
  holidaysHint: `One a line: ${date('2026-11-26')} - ${date('2026-11-27')} Thanksgiving`,
  file: 'Read them from a calendar file (.ics)',
  found: (count: number) => plural(count, { one: '1 closed time found', other: `${number(count)} closed times found` }),
  unread: (line: string) => `No date found in “${line}”`,
  repeated: (name: string) => `“${name}” repeats by a rule that is not read. Type its days instead`,
  timed: (count: number) =>
    plural(count, {
      one: '1 event of the file is left out, since it is not a whole day',
      other: `${number(count)} events of the file are left out, since they are not whole days`,
    }),
  tooMany: (most: number) => `More than ${number(most)} closed times. Choose a shorter year or leave some out`,
  save: 'Lay out the year',
  saved: 'The year is laid out',
  missing: 'Enter a date',
  order: 'The last day lies before the first, or more than 18 months after it',
  weekdaysMissing: 'Choose at least one day',
})

const bells = {
  title: 'Periods and bells',
  back: 'Back to the calendar',
  hint: 'A meeting that names a period has the times of the bell schedule of each day. A period without times in a schedule is not held on its days.',
  pastHint:
    'Times that are changed here change on past days, too. To keep those as they were, add another bell schedule and choose it for the days to come.',
  table: 'Times of each period, by bell schedule',
  period: 'Period',
  code: (number: number) => `Code of period ${number}`,
  name: (number: number) => `Name of period ${number}`,
  codeHead: 'Code',
  nameHead: 'Name',
  schedule: (number: number) => `Name of bell schedule ${number}`,
  begins: (period: string, schedule: string) => `${schedule}, ${period} begins`,
  ends: (period: string, schedule: string) => `${schedule}, ${period} ends`,
  usual: 'Usual',
  makeUsual: (schedule: string) => `Make ${schedule} the usual one`,
  addPeriod: 'Add a period',
  addSchedule: 'Add a bell schedule',
  removePeriod: (name: string) => `Remove period ${name}`,
  removeSchedule: (name: string) => `Remove bell schedule ${name}`,
  save: 'Save periods and bells',
  saved: 'The periods and bells are saved',
  empty: 'No periods yet',
  emptyHint: 'Add the periods of a day and when the bell rings for each.',
  usualName: 'Usual day',
  invalid: {
    code: 'Enter a short code that no other period has',
    name: 'Enter a name that no other has',
    time: 'Enter two times like 8:00 and 8:45, or none',
  },
}

export const calendar = (formats: Formats) => ({
  page: page(formats),
  change: change(formats),
  layOut: layOut(formats),
  bells,
})
