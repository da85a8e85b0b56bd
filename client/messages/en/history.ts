/** What happened: to a record, and in the school. */
import type { HistoryEntity, PartEntity } from '../../../db/values.ts'
import { isRecordEntity } from '../../../db/values.ts'
import type { HistoryFilter } from '../../history/history-search.ts'
import type { Outputs } from '../../trpc.ts'
import type { Counted, Formats } from '../formats.ts'
import { kinds } from './kinds.ts'

type Operation = Outputs['journal']['list']['rows'][number]
type Entry = Operation['entries'][number]

const nouns: Record<PartEntity, Counted> = {
  studentAddress: { one: 'address', other: 'addresses' },
  studentAlert: { one: 'alert', other: 'alerts' },
  studentGuardian: { one: 'guardian link', other: 'guardian links' },
  classTerm: { one: 'term of a class', other: 'terms of classes' },
  classInstructor: { one: 'teaching assignment', other: 'teaching assignments' },
  meeting: { one: 'meeting', other: 'meetings' },
  enrollment: { one: 'enrollment', other: 'enrollments' },
  schoolEnrollment: { one: 'stay at the school', other: 'stays at the school' },
  calendar: { one: 'calendar', other: 'calendars' },
  calendarDay: { one: 'day of the calendar', other: 'days of the calendar' },
  period: { one: 'period', other: 'periods' },
  bellSchedule: { one: 'bell schedule', other: 'bell schedules' },
  bellTime: { one: 'time of a period', other: 'times of periods' },
  webhook: { one: 'webhook', other: 'webhooks' },
  membership: { one: 'role', other: 'roles' },
  school: { one: 'school', other: 'schools' },
}

const parts: Record<PartEntity, string> = {
  studentAddress: 'Addresses',
  studentAlert: 'Alerts',
  studentGuardian: 'Guardian links',
  classTerm: 'Terms of classes',
  classInstructor: 'Teaching assignments',
  meeting: 'Meetings',
  enrollment: 'Enrollments',
  schoolEnrollment: 'Entries and exits',
  calendar: 'Calendars',
  calendarDay: 'Days of the calendar',
  period: 'Periods',
  bellSchedule: 'Bell schedules',
  bellTime: 'Times of periods',
  webhook: 'Webhooks',
  membership: 'Roles',
  school: 'The school',
}

/** At the head of an entry: of a record that is part of another, the name is the other's. */
const heads: Record<PartEntity, [alone: string, named: (name: string) => string]> = {
  studentAddress: ['Address', (name) => `Address of ${name}`],
  studentAlert: ['Alert', (name) => `Alert about ${name}`],
  studentGuardian: ['Guardian link', (name) => `Guardian link of ${name}`],
  classTerm: ['Term', (name) => `Term of ${name}`],
  classInstructor: ['Teaching', (name) => `Teaching of ${name}`],
  meeting: ['Meeting', (name) => `Meeting of ${name}`],
  enrollment: ['Enrollment', (name) => `Enrollment of ${name}`],
  schoolEnrollment: ['At this school', (name) => `${name} at this school`],
  calendar: ['Calendar', (name) => `Calendar ${name}`],
  calendarDay: ['Day of the calendar', (name) => `Calendar on ${name}`],
  period: ['Period', (name) => `Period ${name}`],
  bellSchedule: ['Bell schedule', (name) => `Bell schedule ${name}`],
  bellTime: ['Time of a period', (name) => `Time of a period in ${name}`],
  webhook: ['Webhook', (name) => `Webhook ${name}`],
  membership: ['Role', (name) => `Role of ${name}`],
  school: ['School', (name) => `School ${name}`],
}

const doings: Record<Operation['deed'], string> = {
  add: 'Added',
  change: 'Changed',
  archive: 'Archived',
  restore: 'Restored',
  enroll: 'Enrolled',
  withdraw: 'Withdrawn',
  complete: 'Completed',
  reinstate: 'Reinstated',
  merge: 'Merged',
  erase: 'Erased',
  undo: 'Taken back',
  import: 'Imported',
}

const ownTitles: Record<Entry['action'], string> = {
  created: 'Added',
  changed: 'Changed',
  archived: 'Archived',
  restored: 'Restored',
  erased: 'Erased',
}
const actions: Record<Entry['action'], string> = {
  created: 'added',
  changed: 'changed',
  archived: 'archived',
  restored: 'restored',
  erased: 'erased',
}

const fields = {
  sourcedId: 'Known to imports as',
  beginDate: 'First day',
  endDate: 'Last day',
  validFrom: 'First day',
  validTo: 'Last day',
  studentId: 'Student',
  classId: 'Class',
  instructorId: 'Instructor',
  guardianId: 'Guardian',
  academicSessionId: 'Term',
  roomId: 'Room',
  mergedIntoId: 'Merged into',
  status: 'Status',
  grade: 'Final grade',
  waitlistPosition: 'Place on the waitlist',
  withdrawalReason: 'Reason',
  note: 'Note',
  photo: 'Photo',
  gradeLevel: 'Grade',
  entryType: 'How the student came',
  exitType: 'How the student left',
  destination: 'Where to',
  fte: 'Part of full time',
  isPrimary: 'Primary instructor',
  isOwner: 'Owns the register',
  isDisabled: 'Account disabled',
  link: 'Link made',
  sessions: 'Signed in',
  apiToken: 'Token of an app',
  weekday: 'Weekday',
  cycleDay: 'Day of the cycle',
  cycleLength: 'Days in the cycle',
  date: 'Date',
  calendarId: 'Calendar',
  bellScheduleId: 'Bell schedule',
  periodId: 'Period',
  membership: 'Counts as',
  code: 'Code',
  position: 'Place',
  isDefault: 'Used when nothing else is said',
  countsMinutes: 'Counts as teaching time',
  startTime: 'Begins',
  endTime: 'Ends',
  overrideReason: 'Stands although it collides',
  kind: 'Kind',
  text: 'What must be known',
  relation: 'Relation',
  priority: 'Called as number',
  role: 'Role',
  name: 'Name',
  slug: 'Address of the school',
  timeZone: 'Time zone',
  locale: 'Dates and numbers',
  weekdays: 'Open on',
  gradeLevels: 'Grade levels',
  studentNumberPattern: 'Pattern of student numbers',
  studentNumberFrom: 'Student numbers begin with',
  idleMinutes: 'Minutes until an idle session ends',
  sessionHours: 'Hours until any session ends',
  yearBegins: 'School year begins',
  yearEnds: 'School year ends',
  usualTerms: 'Usual terms',
  isDemo: 'Demo school',
  url: 'Address',
  entities: 'Told of',
  state: 'State',
  disabledBecause: 'Disabled because',
  isRotated: 'Secret made anew',
  toldAfter: 'Told from after number',
  source: 'Imported from',
} as const

/** `name` and `place` are put in as they come: names, with links; null where the page says them already. */
const entryTitle = ({ entity, action }: Entry, name: string | null, place: string | null): string => {
  const [alone, named] = isRecordEntity(entity) ? [kinds[entity].alone, kinds[entity].named] : heads[entity]
  const what = name ? named(name) : alone
  return `${what}${place ? ` in ${place}` : ''}: ${actions[action]}`
}

const filters = ({ today }: Formats) => ({
  person: 'Person',
  anybody: 'Anybody',
  import: 'Imports',
  cli: 'Command line',
  kind: 'Kind of record',
  anyKind: 'Any kind',
  deed: 'What was done',
  anyDeed: 'Anything done',
  from: 'First day',
  to: 'Last day',
  dayHint: () => `For example ${today()}`,
  dayInvalid: () => `Enter a date like ${today()}`,
  clear: 'Clear filters',
  show: 'Show what happened',
})

/** What to look for instead, where a filter leaves nothing. */
const wider: Record<HistoryFilter, string> = {
  by: 'Show changes by anybody',
  kind: 'Show every kind of record',
  did: 'Show whatever was done',
  from: 'Show earlier days too',
  to: 'Show later days too',
}
const none = ({ date }: Formats) => ({
  title: 'Nothing happened that fits',
  hint: 'No change here fits all of these filters.',
  person: (name: string) => `Person: ${name}`,
  from: (day: string) => `From ${date(day)}`,
  to: (day: string) => `Until ${date(day)}`,
  wider,
  yet: 'Nothing has happened yet',
  yetHint: 'Every change to the register is listed here from the first one on.',
})

export const history = (formats: Formats) => {
  const { number, plural, list } = formats
  const counted = (entity: HistoryEntity, count: number) =>
    `${number(count)} ${plural(count, isRecordEntity(entity) ? kinds[entity].noun : nouns[entity])}`
  return {
    title: 'History',
    label: 'What happened, the newest first',
    failed: 'The history could not be loaded',
    more: 'Show more',
    ways: { screen: 'Somebody', import: 'An import', cli: 'The command line', api: 'An app' } satisfies Record<
      Operation['way'],
      string
    >,
    by: (name: string, way: Operation['way']) => (way === 'api' ? `${name}, by an app` : name),
    doings,
    kindTitle: (entity: HistoryEntity) => (isRecordEntity(entity) ? kinds[entity].title : parts[entity]),
    fields,
    entryTitle,
    ownTitle: (action: Entry['action']) => ownTitles[action],
    counts: (counts: Operation['counts']) => list(counts.map(({ entity, count }) => counted(entity, count))),
    others: (count: number) => plural(count, { one: 'Show one more', other: `Show ${number(count)} more` }),
    unfold: (count: number) => plural(count, { one: 'Show the change', other: `Show the ${number(count)} changes` }),
    fold: 'Hide the changes',
    undo: (count: number) => plural(count, { one: 'Undo this change', other: `Undo all ${number(count)} changes` }),
    undone: 'The change is taken back',
    ofAccount: {
      link: { invitation: 'to join the school', passwordReset: 'to a new password' },
      sessions: { ended: 'nowhere any more' },
    },
    ofWebhook: {
      state: { on: 'on', paused: 'paused', disabled: 'disabled' },
      disabledBecause: { failing: 'three days of failures', gone: 'the receiver is gone' },
    },
    /** Two pictures are told apart by the beginning of their hashes. */
    picture: (hash: string) => `picture ${hash.slice(0, 6)}`,
    nothing: 'empty',
    erased: 'erased',
    /** Around what a field held, for those who hear it. */
    was: 'was',
    became: 'is now',
    filters: filters(formats),
    none: none(formats),
  }
}
