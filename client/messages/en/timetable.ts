/** Weeks, and when and where a class meets. */
import type { DayKind } from '../../../db/values.ts'
import type { WeekKind } from '../../../server/meetings/input.ts'
import type { Formats } from '../formats.ts'
import { weekFormats } from '../week-formats.ts'

const shown = (formats: Formats) => {
  const weeks = weekFormats(formats)
  return {
    ...weeks,
    everyDay: (days: number[]) => `Every school day (${weeks.weekdays(days)})`,
    days: (from: string, to: string | null) => (to ? weeks.weekOf(from, to) : `from ${formats.date(from)}`),
  }
}

export const dayKinds: Record<DayKind, string> = {
  instruction: 'School day',
  makeUp: 'Make-up day',
  lateOrEarly: 'Late start or early end',
  teacherOnly: 'Staff only',
  holiday: 'Holiday',
  weather: 'Closed: weather',
  emergency: 'Closed: emergency',
  closed: 'Closed',
}
interface ToldDay {
  kind: DayKind
  note: string | null
}
/** What the calendar says of a day beyond that it is one of school; nothing of a weekend. */
const dayTold = ({ kind, note }: ToldDay): string =>
  [kind !== 'instruction' && (kind !== 'closed' || note) && dayKinds[kind], note].filter(Boolean).join(' · ')

const lists: Record<WeekKind, string> = {
  class: 'Back to the class',
  instructor: 'Back to the instructor',
  room: 'Back to the room',
  student: 'Back to the student',
}
const emptyHints: Record<WeekKind, string> = {
  class: 'The class does not meet in this week.',
  instructor: 'No class of this instructor meets in this week.',
  room: 'No class meets in this room in this week.',
  student: 'No class of this student meets in this week.',
}

const week = ({ instant }: Formats) => ({
  title: 'Timetable',
  back: lists,
  previous: 'Previous week',
  next: 'Next week',
  current: 'This week',
  print: 'Print week',
  today: 'today',
  open: 'Open week',
  empty: 'Nothing in this week',
  emptyHints,
  nothingOn: 'No classes',
  cycle: 'Days of the cycle',
  cycleHint:
    'These are held on days of the school’s cycle. No calendar says which dates those are, so no day above shows them.',
  cycleDay: (day: number) => `Day ${day}`,
  nobody: 'Whose week?',
  nobodyHint: 'A timetable is opened from a class, an instructor, a room or a student.',
  toClasses: 'Go to the classes',
  printed: (when: string, by: string) => `Printed ${instant(when)} by ${by}`,
})

const section = ({ date }: Formats) => ({
  change: 'Change meetings',
  add: 'Add meetings',
  noneYet: 'No meetings yet',
  noneYetHint: 'Nobody has said yet when this class meets.',
  from: (day: string) => `from ${date(day)}`,
  until: (day: string) => `until ${date(day)}`,
  noneThisWeek: 'Nothing this week',
})

const mark = ({ list }: Formats) => ({
  student: (_: string[], other: string) => `At the same time as ${other}`,
  instructor: (names: string[], other: string) => `Same time as ${other}, with ${list(names)}`,
  room: (names: string[], other: string) => `Same time as ${other} in ${list(names)}`,
  because: (reason: string) => `held anyway, “${reason}”`,
  accepted: (reason: string) => `Stands although it collides: ${reason}`,
})

const edit = ({ date }: Formats) => ({
  title: (name: string) => `Meetings of ${name}`,
  row: (number: number) => `Meeting ${number}`,
  days: 'Days',
  noDay: 'No day',
  cycleDay: 'Day of the cycle',
  period: 'Period',
  ownTimes: 'Times of its own',
  start: 'Begins',
  end: 'Ends',
  room: 'Room',
  noRoom: 'The class’s own room',
  remove: (number: number) => `Remove meeting ${number}`,
  add: 'Add a time',
  addCycle: 'Add a day of the cycle',
  none: 'The class has no meeting from this day on. Add a time. If you save it without one, its meetings end the day before.',
  when: 'From when',
  from: 'First day',
  fromHint: (earliest: string | null) =>
    earliest ? `${date(earliest)} or later: what has been held stays as it was` : 'The class has not met yet',
  to: 'Last day',
  toHint: 'Empty for no end; after it, the class meets as it did',
  dateInvalid: `Enter a date like ${date('2026-09-01')}, with the month as a word`,
  planned: 'Planned for later',
  save: 'Save meetings',
  saveAnyway: 'Save anyway',
  roomTaken: 'Nothing was saved, because another class has this room at the same time.',
  saved: (name: string) => `Saved the meetings of ${name}`,
  unchanged: (name: string) => `Nothing was changed in the meetings of ${name}`,
  checking: 'Looking for collisions',
  clear: 'No new collision',
  collide: 'Some of these meetings collide',
  reason: 'Save anyway, because…',
  reasonHint: 'Kept with these meetings and in the journal',
  stale: 'Somebody else changed these meetings meanwhile. This is what they are now:',
  useTheirs: 'Use theirs',
  keepMine: 'Keep mine',
})

const invalid = {
  days: 'Choose at least one day',
  cycleDay: 'Enter a day of the cycle, from 1 to 30',
  time: 'Enter a time like 9:50',
  end: 'It has to end after it begins',
  overlaps: (number: number) => `The class already meets then: see meeting ${number}`,
  from: 'Enter the first day',
  order: 'The last day lies before the first',
  tooEarly: (day: string) => `The class has met since. Enter ${day} or a later day`,
  reason: 'Choose another time or room, or say why it is to stand',
}

const conflict = ({ list, number, plural }: Formats) => ({
  student: (count: number, names: string[], other: string) => {
    const more = count - names.length
    const who = list(more > 0 ? [...names, plural(more, { one: 'one more', other: `${number(more)} more` })] : names)
    return plural(count, {
      one: `${who} is in ${other}`,
      other: `${number(count)} students are in ${other}: ${who}`,
    })
  },
  instructor: (names: string[], other: string) =>
    plural(names.length, { one: `${list(names)} teaches ${other}`, other: `${list(names)} teach ${other}` }),
  room: (room: string, other: string) => `${other} is in ${room}`,
  stands: 'as before',
  more: (count: number) => `Show ${number(count)} more`,
  seats: (room: string, seats: number, needed: number) =>
    `${room} seats ${number(seats)}; the class has ${number(needed)} seats`,
})

export const timetable = (formats: Formats) => ({
  ...shown(formats),
  dayKinds,
  dayTold,
  week: week(formats),
  section: section(formats),
  mark: mark(formats),
  edit: edit(formats),
  invalid,
  conflict: conflict(formats),
})
