import type { Outputs } from '../../trpc.ts'
import type { Formats } from '../formats.ts'
import { nounOf, ofAnother, verbs } from './deeds.ts'
import { figures } from './home-figures.ts'

type Home = Outputs['home']['get']
type Change = Home['changes'][number]
type AttentionKind = Home['attention'][number]['kind']

const noon = (day: string) => new Date(`${day}T12:00:00Z`)

const placeWords: Partial<Record<Change['deed'], string>> = { withdraw: 'from', complete: 'in', enroll: 'in' }

const classesIn =
  ({ number, plural }: Formats) =>
  (count: number) =>
    plural(count, { one: '1 class', other: `${number(count)} classes` })

function attentionKinds(formats: Formats): Record<AttentionKind, (count: number) => string> {
  const { number, plural } = formats
  const classes = classesIn(formats)
  return {
    classesOverCapacity: (count) => `${classes(count)} over capacity`,
    classesWithFreeSeats: (count) => `${classes(count)} with a free seat and students waiting`,
    classesColliding: (count) => `${classes(count)} at the same time as another in one room or with one instructor`,
    classesWithoutInstructor: (count) => `${classes(count)} without an instructor`,
    classesWithoutMeetings: (count) => `${classes(count)} without a meeting in the timetable`,
    studentsTwice: (count) =>
      plural(count, {
        one: '1 likely duplicate: two students with the same name',
        other: `${number(count)} likely duplicates: students with the same name`,
      }),
    studentsWithoutProgram: (count) =>
      plural(count, {
        one: '1 active student without a program',
        other: `${number(count)} active students without a program`,
      }),
  }
}

/** `what` and `place` are put in as they come: names, with links. */
const changeSentence =
  ({ number, plural }: Formats) =>
  ({ by, way, deed, entity, count, names }: Change, what: string, place: string | null): string => {
    const who = by ?? (way === 'import' ? 'An import' : 'The command line')
    if (deed === 'import') return by ? `${by} brought in an import` : 'An import brought in changes'
    const noun = `${number(count)} ${plural(count, nounOf(entity))}`
    const object = names.length ? [deed !== 'add' && ofAnother[entity], what].filter(Boolean).join(' ') : noun
    const added =
      deed === 'add' && names.length && ofAnother[entity]
        ? `${noun} ${entity === 'membership' ? 'for' : 'to'} ${what}`
        : object
    const isPart = entity === 'meeting' || entity === 'classTerm'
    const where = place && !isPart ? ` ${placeWords[deed] ?? 'in'} ${place}` : ''
    return `${who} ${verbs[deed]} ${added}${where}`
  }

const steps: Record<keyof Outputs['home']['beginning'], string> = {
  academicSession: 'Year and terms',
  room: 'Rooms',
  course: 'Courses',
  instructor: 'Instructors',
  class: 'Classes',
  student: 'Students',
  membership: 'People let in',
}
const ways = { upload: 'Upload a roster', paste: 'Paste', byHand: 'Add by hand', invite: 'Invite' }

const endDemo = {
  open: 'Remove this school',
  title: 'Remove the school of made-up people?',
  text: 'It leaves everyone’s list of schools, with all that was tried in it. A new one can be made from the first steps of an empty school.',
}

const beginning = ({ number }: Formats) => ({
  steps,
  ways,
  /** Of a link among others that are called alike. */
  wayTo: (way: keyof typeof ways, step: keyof typeof steps) => `${ways[way]}: ${steps[step]}`,
  done: (count: number) => `${number(count)} there`,
  open: 'None yet',
  lookAround: {
    open: 'Look around with made-up people',
    hint: 'A second school with 240 invented students, to try everything out. This one stays as it is.',
  },
  endDemo,
  settings: 'Name, days, grade levels and student numbers are in Settings',
})

const importTroubles = {
  failed: (source: string) =>
    source === 'default'
      ? 'The files for the import were not brought in'
      : `The files from ${source} were not brought in`,
  late: (source: string) =>
    source === 'default' ? 'No files have come for the import' : `No files have come from ${source}`,
  at: { failed: (at: string) => `on ${at}`, late: (at: string) => `since ${at}` },
}

const backupTroubles = {
  failed: 'The last backup failed',
  late: 'There is no new backup',
  stream: 'What is saved is not stored beside the backups',
  at: {
    failed: (at: string) => `on ${at}`,
    late: (at: string) => `since ${at}`,
    stream: (at: string) => `since ${at}`,
  },
}

const troubles = { imports: importTroubles, backup: backupTroubles }

const parts = (formats: Formats) => ({
  ...troubles,
  ...figures(formats),
  kinds: attentionKinds(formats),
  beginning: beginning(formats),
})

export const home = (formats: Formats) => {
  const { locale, number, plural, date } = formats
  const times = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' })
  const longDays = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
  const weekdays = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' })
  const at = (clock: string) => new Date(`2000-01-01T${clock}:00Z`)
  const range = (start: string, end: string) => times.formatRange(at(start), at(end))
  return {
    title: 'Home',
    failed: 'Today cannot be shown',
    day: (day: string) => longDays.format(noon(day)),
    term: (title: string, endDate: string) => `${title}, until ${date(endDate)}`,
    today: 'Today',
    tomorrow: 'Tomorrow',
    from: range,
    classes: classesIn(formats),
    students: (count: number) => plural(count, { one: '1 student', other: `${number(count)} students` }),
    meetings: (count: number, start: string, end: string) =>
      plural(count, {
        one: `1 class meets, ${range(start, end)}`,
        other: `${number(count)} class meetings, ${range(start, end)}`,
      }),
    now: 'Now',
    next: 'Next',
    over: 'Over',
    later: 'Later',
    allHours: (count: number) => `Show all ${number(count)} hours`,
    hours: 'Hours',
    ownClasses: 'Your classes today',
    nothingToday: (day: string) => `No class meets today, ${weekdays.format(noon(day))}`,
    nothingTodayOwn: (day: string) => `You teach no class today, ${weekdays.format(noon(day))}`,
    meetsAgain: (day: string) => `The next day with classes is ${longDays.format(noon(day))}.`,
    betweenTerms: 'No term runs today',
    nextTerm: (title: string, startDate: string) => `${title} begins on ${longDays.format(noon(startDate))}.`,
    noNextTerm: 'No later term is set up.',
    noTimetable: 'No timetable yet',
    noTimetableHint: 'As soon as classes have meetings, today’s are shown here.',
    attention: 'Needs attention',
    inOrder: 'Nothing. Every current class has an instructor, a place in the timetable and enough seats.',
    ...parts(formats),
    more: (count: number) => `and ${number(count)} more`,
    changes: 'Since yesterday',
    noChanges: 'Nobody has changed anything since yesterday.',
    yesterday: (clock: string) => `Yesterday, ${clock}`,
    change: changeSentence(formats),
    rosters: 'Your rosters since yesterday',
    noRosterChanges: 'Nobody came or left.',
    /** `who` is names or a number of students, `place` a class, both with links. */
    roster: (status: Home['rosterChanges'][number]['status'], count: number, who: string, place: string) =>
      ({
        enrolled: `${who} joined ${place}`,
        waitlisted: plural(count, {
          one: `${who} waits for a seat in ${place}`,
          other: `${who} wait for a seat in ${place}`,
        }),
        withdrawn: `${who} left ${place}`,
        completed: `${who} completed ${place}`,
      })[status],
    begin: 'Begin here',
    beginHint:
      'What a school needs, in the order in which one builds on the other. A roster brings most of it in at once.',
    noneYet: 'This school has no students yet',
    noneYetHint: 'An administrator or registrar brings them in.',
  }
}
