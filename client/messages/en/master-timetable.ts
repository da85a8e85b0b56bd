/** Who teaches what when in the whole school, who and what is free, and where somebody is now. */
import type { Arrangement } from '../../../server/meetings/input.ts'
import type { Formats } from '../formats.ts'

const by: Record<Arrangement, string> = { room: 'By room', instructor: 'By instructor', time: 'By time' }
const emptyTitles: Record<Arrangement, string> = {
  room: 'No rooms yet',
  instructor: 'Nobody teaches on these days',
  time: 'No class meets on this day',
}
const emptyHints: Record<Arrangement, string> = {
  room: 'Add the school’s rooms, and name them in the meetings of classes.',
  instructor: 'Instructors stand here as soon as they are assigned to a class.',
  time: 'Choose another day, or add meetings to classes.',
}

const master = ({ number, plural, instant }: Formats) => ({
  title: 'Master timetable',
  arrange: 'Arrange',
  by,
  span: 'Show',
  day: 'Day',
  week: 'Week',
  previous: { day: 'Previous day', week: 'Previous week' },
  next: { day: 'Next day', week: 'Next week' },
  today: { day: 'Today', week: 'This week' },
  print: 'Print',
  printed: (when: string, name: string) => `Printed ${instant(when)} by ${name}`,
  seats: (count: number) => plural(count, { one: '1 seat', other: `${number(count)} seats` }),
  free: 'Free all day',
  allTimes: 'Show all times',
  noRoom: 'No room',
  nobody: 'No instructor',
  collides: 'At the same time as another class',
  held: (reason: string | null) => (reason ? `Held anyway: ${reason}` : 'Held anyway'),
  more: { room: 'Show more rooms', instructor: 'Show more instructors', time: 'Show more classes' } satisfies Record<
    Arrangement,
    string
  >,
  emptyTitles,
  emptyHints,
  undated: (count: number) =>
    plural(count, {
      one: 'One meeting is on a day of the cycle. No calendar says which date that is, so it is not shown.',
      other: `${number(count)} meetings are on days of the cycle. No calendar says which dates those are, so they are not shown.`,
    }),
})

const freeWords = ({ number, plural, date }: Formats) => ({
  title: 'What is free',
  day: 'Day',
  dayHint: `Such as ${date('2026-09-01')}`,
  from: 'From',
  to: 'Until',
  seats: 'Seats at least',
  now: 'Now',
  periods: 'Periods of this day',
  wrongDay: `Enter a date like ${date('2026-09-01')}, with the month as a word`,
  wrongTime: 'Enter a time like 9:50',
  wrongOrder: 'It has to end after it begins',
  wrongSeats: 'Enter a number, such as 25',
  rooms: 'Rooms',
  instructors: 'Instructors',
  count: (count: number) => number(count),
  seatsOf: (count: number) => plural(count, { one: '1 seat', other: `${number(count)} seats` }),
  noRooms: 'No room is free then',
  noRoomsHint: 'Ask for fewer seats or another time.',
  noInstructors: 'No instructor is free then',
  more: (count: number) => `And ${number(count)} more`,
  closed: 'No class meets on this day.',
})

const place = (title: string, room: string | null) => (room ? `${title} · ${room}` : title)

const whereabouts = (_: Formats) => ({
  title: 'Now',
  now: (title: string, room: string | null, until: string) => `Now in ${place(title, room)}, until ${until}`,
  next: (title: string, room: string | null, when: string) => `Next: ${place(title, room)}, ${when}`,
  notNow: 'In no class now',
  notNowOwn: 'In none of your classes now',
  nothingMore: 'Nothing more this week',
})

export const masterTimetable = (formats: Formats) => ({
  master: master(formats),
  free: freeWords(formats),
  whereabouts: whereabouts(formats),
})
