/** Addresses that are told which records changed. */
import type { RecordEntity } from '../../../db/values.ts'
import type { EventEntity } from '../../../server/webhooks/input.ts'
import type { Outputs } from '../../trpc.ts'
import type { Formats } from '../formats.ts'
import { kinds } from './kinds.ts'

type Webhook = Outputs['webhooks']['list']['rows'][number]
type WebhookProblem = NonNullable<Webhook['lastProblem']>

const problems: Record<WebhookProblem, string> = {
  status: 'it refused the message',
  redirect: 'it sent the message elsewhere, which is not followed',
  gone: 'it says that it is gone',
  timeout: 'it did not answer within 15 seconds',
  no_connection: 'nothing answers at this address',
  no_such_host: 'no such name is known',
  private_address: 'its name leads into a private network',
  not_trusted: 'its certificate is not trusted',
}

const problemOf = (problem: WebhookProblem, code: number | null) =>
  code === null ? problems[problem] : `${problems[problem]} (${code})`

const parts: Record<Exclude<EventEntity, RecordEntity>, string> = {
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
}
const kindTitle = (entity: EventEntity): string =>
  entity in kinds ? kinds[entity as RecordEntity].title : parts[entity as keyof typeof parts]

const disabled: Record<NonNullable<Webhook['disabledBecause']>, string> = {
  failing: 'Disabled: three days of failures',
  gone: 'Disabled: the receiver says that it is gone',
}

const status = ({ instant, number }: Formats) => ({
  on: 'On',
  paused: 'Paused',
  disabled,
  elsewhere: (address: string) => `Sent by the servers at ${address}, and not from here`,
  unbound: 'Came with the school from another register: it needs a secret of its own',
  problem: problemOf,
  failingSince: (iso: string) => `fails since ${instant(iso)}`,
  nextAt: (iso: string) => `tried again ${instant(iso)}`,
  lastAt: (iso: string) => `last told ${instant(iso)}`,
  never: 'not told anything yet',
  position: (position: number) => `up to number ${number(position)}`,
  formerUntil: (iso: string) => `the secret before signs too until ${instant(iso)}`,
})

const list = {
  none: 'No program is told of changes.',
  pause: 'Pause',
  resume: 'Resume',
  test: 'Send a test',
  more: (name: string) => `More for ${name}`,
  change: 'Change',
  rotate: 'Make another secret',
  replay: 'Tell again',
  archive: 'Remove',
  archived: 'The webhook is removed: it is told nothing any more',
  tested: (ms: number) => `It took the test, after ${ms} ms`,
  refused: (problem: WebhookProblem, code: number | null) => `The test failed: ${problemOf(problem, code)}`,
}

const form = {
  name: 'Name',
  nameHint: 'What listens there, such as “Library”',
  nameMissing: 'Enter a name',
  url: 'Address',
  urlHint: 'Begins with https://',
  urlInvalid: 'Enter an address like https://hooks.example/homeroom, without a password in it',
  entities: 'What it is told of',
  entitiesMissing: 'Choose at least one kind of record.',
  all: 'All kinds',
}

const made = {
  title: 'Copy the secret now',
  hint: 'It is shown this once. The receiver knows by it that a message is ours: keep it where the receiver keeps its secrets.',
  label: 'Secret',
  copy: 'Copy secret',
  copied: 'Secret copied',
}

const replay = ({ number }: Formats) => ({
  title: (name: string) => `Tell ${name} again`,
  intro: (position: number) =>
    `Changes are numbered in the order of the history, and it was told of them up to ${number(position)}. All after the number that you enter are told again.`,
  after: 'After number',
  invalid: 'Enter a number from 0 on',
  submit: 'Tell again',
  done: 'It is told again from there',
})

export const webhooks = (formats: Formats) => ({
  title: 'Webhooks',
  back: 'Apps',
  told: 'Who is told',
  kindTitle,
  intro:
    'A program at one of these addresses is told within two seconds which records changed, by ids alone. It asks for the rest with a token.',
  noAddress: 'Nothing is sent from this server, which does not know its own address: whoever runs it sets PUBLIC_URL.',
  failed: 'The webhooks could not be loaded',
  status: status(formats),
  list,
  form,
  made,
  replay: replay(formats),
  add: { title: 'Add a webhook', submit: 'Add it' },
  change: { title: (name: string) => `Change ${name}`, submit: 'Save' },
  rotate: {
    title: (name: string) => `Another secret for ${name}`,
    intro: 'The secret before signs too for a day, so that the receiver can change it meanwhile.',
    submit: 'Make another secret',
    done: 'Done',
  },
})
