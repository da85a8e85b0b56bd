/** Tokens by which apps come in. */
import type { Outputs } from '../../trpc.ts'
import type { Formats } from '../formats.ts'

type Scope = Outputs['apiTokens']['scopes']['own'][number]
const scopes: Record<Scope, string> = {
  'academicSession.read': 'Read years and terms',
  'academicSession.write': 'Change years and terms',
  'class.read': 'Read classes',
  'class.write': 'Change classes',
  'course.read': 'Read courses',
  'course.write': 'Change courses',
  'department.read': 'Read departments',
  'department.write': 'Change departments',
  'enrollment.write': 'Enroll and withdraw students',
  'guardian.read': 'Read guardians',
  'guardian.write': 'Change guardians',
  'instructor.read': 'Read instructors',
  'instructor.write': 'Change instructors',
  'journal.read': 'Read which records changed',
  'program.read': 'Read programs of study',
  'program.write': 'Change programs of study',
  'room.read': 'Read rooms',
  'room.write': 'Change rooms',
  'student.read': 'Read students',
  'student.readAlerts': 'Read alerts of students',
  'student.readMedical': 'Read medical notes of students',
  'student.readPrivate': 'Read birth dates and addresses of students',
  'student.write': 'Change students',
  'timetable.read': 'Read the timetable',
}

type GoingUse = Outputs['apiTokens']['list'][number]['going'][number]

const list = ({ date, instant, number, plural }: Formats) => ({
  none: 'There is no token.',
  until: (iso: string) => `Works until ${instant(iso)}`,
  isOver: (iso: string) => `Ended ${instant(iso)}`,
  lastUsed: (iso: string) => `last used ${instant(iso)}`,
  neverUsed: 'never used',
  goes: ({ sunset, uses, lastAt }: GoingUse) =>
    `goes from the API on ${date(sunset)}. The app used it ${plural(uses, { one: 'once', other: `${number(uses)} times` })}, last ${instant(lastAt)}`,
  another: 'Make another',
  revoke: 'Revoke',
  revoked: 'The token is revoked: nothing comes in with it any more',
})

const form = ({ number, plural }: Formats) => ({
  name: 'Name',
  nameHint: 'What uses it, such as “Bus lists”',
  nameMissing: 'Enter a name',
  lasts: 'Works for',
  lastsHint: 'Then it opens nothing any more',
  days: (days: number) => plural(days, { one: '1 day', other: `${number(days)} days` }),
  reads: 'What it may read',
  writes: 'What it may change',
  scopesMissing: 'Choose what the app may do.',
  submit: 'Make the token',
})

const made = {
  title: 'Copy the token now',
  hint: 'It is shown this once. Whoever has it can do what you chose: keep it where the app keeps its secrets, and never in a file that others read.',
  label: 'Token',
  copy: 'Copy token',
  copied: 'Token copied',
}

const own = {
  title: 'Apps that come in as you',
  intro:
    'With a token an app or a script does in this school what you allow it, and never more than you may do yourself. A new password and signing out leave it as it is: revoke it here.',
  more: 'What apps can ask',
  make: 'Make a token',
}

const service = {
  title: 'Let an app in',
  intro: 'An app that belongs to nobody has a name and a role of its own here, so it goes on when people leave.',
  nameHint: 'As it is called in the history, such as “Library”',
  role: 'Role',
  roleHints: {
    viewer: 'Looks at the register without private details, and changes nothing.',
    registrar: 'May be allowed private details and changes.',
  },
  submit: 'Let it in',
}

const another = {
  title: (name: string) => `Another token for ${name}`,
  intro: 'The app keeps its name and role. Put the new token in, then revoke the one before.',
  nameHint: 'To tell it from the one before, such as “2027”',
  submit: 'Make the token',
  done: 'Done',
  leave: 'Leave it as it is',
}

const page = ({ number, plural }: Formats) => ({
  title: 'Apps',
  count: (count: number) => plural(count, { one: '1 token', other: `${number(count)} tokens` }),
  back: 'People and roles',
  tokens: 'What comes in',
  isApp: '(app)',
  of: (name: string) => `of ${name}`,
  failed: 'The tokens could not be loaded',
  webhooks: 'Webhooks',
  webhooksHint: 'Programs that are told which records changed need not ask for it.',
})

export const apiTokens = (formats: Formats) => ({
  scopes,
  list: list(formats),
  form: form(formats),
  made,
  own,
  service,
  another,
  page: page(formats),
})
