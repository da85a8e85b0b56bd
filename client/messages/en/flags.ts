/** Parts of Homeroom that are turned on or off without a new version. */
import type { FlagKey } from '../../../server/flags/registry.ts'
import type { Outputs } from '../../trpc.ts'
import type { Formats } from '../formats.ts'

type Flag = Outputs['flags']['get']

/** What is on with each. The key is what the command line calls it. */
const named: Record<FlagKey, { title: string; does: string }> = {
  'move-page': {
    title: 'Page of the move to PostgreSQL',
    does: 'Owners of the register find the page System > Move to PostgreSQL and may start a move there.',
  },
  presences: {
    title: 'Who else has a record open',
    does: 'Pages say who else has the same record open. Every open page then writes every ten seconds.',
  },
  backfills: {
    title: 'Filling new columns',
    does: 'Servers fill new columns of older rows beside the work of people. Off, they pause after the batch under way.',
  },
  'shadow-seats': {
    title: 'Trying a quicker count of seats',
    does: 'Now and then the seats on Home are counted a second time in a quicker way, after the answer. The server counts where the two differ; nobody sees it.',
  },
}

const kinds = {
  release: 'A new part',
  'kill switch': 'An emergency switch',
  permission: 'A right',
} satisfies Record<Flag['kind'], string>

const perOne = {
  person: 'Each person has one answer.',
  school: 'Each school has one answer for all its people.',
  register: 'The whole register has one answer.',
} satisfies Record<Flag['per'], string>

/** People, schools, or the register itself. */
function counted({ number, plural }: Formats, per: Flag['per'], on: number, of: number): string {
  if (per === 'register') return on ? 'On for the register' : 'Off for the register'
  if (!on) return 'Off for everybody'
  if (on === of) return 'On for everybody'
  return per === 'person'
    ? plural(of, { one: `${number(on)} of 1 person`, other: `${number(on)} of ${number(of)} people` })
    : plural(of, { one: `${number(on)} of 1 school`, other: `${number(on)} of ${number(of)} schools` })
}

const form = (formats: Formats) => ({
  title: 'What it serves',
  label: 'Who gets it',
  modes: {
    default: (isOn: boolean) => (isOn ? 'As delivered: on for everybody' : 'As delivered: off for everybody'),
    on: 'On for everybody',
    some: 'On for some',
    off: 'Off for everybody, at once',
  },
  offHint: 'What is chosen for some is kept, and counts again later.',
  percent: (per: Flag['per']) =>
    per === 'school' ? 'Part of the schools, in percent' : 'Part of the people, in percent',
  percentHint: 'Who is in stays in while the number grows.',
  percentInvalid: 'Enter a whole number from 0 to 100.',
  owners: 'The owners of the register',
  roles: 'Everybody with the role',
  also: 'And, whatever the part is',
  people: 'These people',
  findPerson: 'Add a person',
  findPersonHint: 'Part of a name or email',
  noPerson: (text: string) => `Nobody who can sign in is called “${text}”`,
  schools: 'Whole schools',
  findSchool: 'Add a school',
  findSchoolHint: 'Part of a name',
  noSchool: (text: string) => `No school is called “${text}”`,
  isChosen: 'Is chosen',
  from: 'Not before',
  fromHint: 'Empty: at once. Until then it is off for everybody.',
  time: 'Time',
  fromInvalid: 'Enter a date and a time, or neither.',
  needs: (titles: string[]) => `It is also off wherever one of these is off: ${formats.list(titles)}.`,
  save: 'Save changes',
  saved: 'Saved. Open pages follow within a second.',
  undo: 'Undo',
  undone: 'Taken back',
})

const sees = (formats: Formats) => ({
  title: 'Who has it now',
  counted: (per: Flag['per'], on: number, of: number) => counted(formats, per, on, of),
  here: 'Counted in your school.',
  all: 'Of those who can sign in, in all schools.',
  more: (count: number) => `and ${formats.number(count)} more`,
})

const ms = ({ number }: Formats, value: number) =>
  value >= 1000 ? `${number(Math.round(value / 100) / 10)} s` : `${number(value >= 10 ? Math.round(value) : value)} ms`

const sides = (formats: Formats) => ({
  title: 'How the two sides do',
  label: 'The calls on each side since the last change',
  columns: { side: 'Side', calls: 'Calls', failed: 'Failed', p50: 'Half within', p95: '95% within' },
  on: 'With it',
  off: 'Without it',
  offEarlier: 'Without it, also before the change',
  none: 'Nothing was called since the last change.',
  about:
    'Calls of all people, on all servers, in the last seven days at most. What somebody may not do or typed wrongly is no failure.',
  calls: formats.number,
  failed: (count: number, calls: number) =>
    calls
      ? `${formats.number(count)} (${formats.number(Math.round((1000 * count) / calls) / 10)} %)`
      : formats.number(count),
  ms: (value: number | null) => (value === null ? '' : ms(formats, value)),
  guard: (margin: number, least: number) =>
    `Of each ${formats.number(100)} calls, when ${formats.number(margin)} more fail with it than without it, the guard turns it off by itself. It needs ${formats.number(least)} calls on each side.`,
})

const history = (formats: Formats) => ({
  title: 'Changes',
  label: 'Who changed this flag, the newest change first',
  none: 'Nobody has changed it',
  noneHint: 'It is as it was delivered.',
  by: { commandLine: 'Whoever keeps this server', guard: 'The guard' },
  isUndo: 'taken back',
  undo: 'Take back',
  nothing: 'none',
  modes: { default: 'as delivered', rules: 'by choice', off: 'off for everybody' },
  fields: {
    mode: 'Serves',
    percent: 'Part',
    includesOwners: 'Owners of the register',
    roles: 'Roles',
    people: 'People',
    schools: 'Schools',
    fromAt: 'Not before',
  },
  percent: (value: number) => `${formats.number(value)} %`,
  was: 'It was',
  became: 'and became',
  atOnce: 'at once',
  list: formats.list,
  gone: 'somebody who is gone',
})

export const flags = (formats: Formats) => ({
  title: 'Flags',
  one: 'Flag',
  back: 'System',
  backToList: 'Flags',
  intro:
    'Parts of Homeroom that are turned on and off without a new version: for a few people first, then for more, and off again at once. They hold for all schools of this register.',
  onlyRead: 'Only owners of the register change flags. Shown is what concerns your school.',
  failed: 'The flags could not be loaded',
  label: 'All flags, one per row',
  columns: { name: 'Flag', now: 'Now', kind: 'Kind', changed: 'Changed', note: 'To do' },
  named,
  kinds,
  perOne,
  states: { on: 'On', off: 'Off', some: 'On for some' },
  counted: (per: Flag['per'], on: number, of: number) => counted(formats, per, on, of),
  at: formats.instant,
  toBeRemoved: 'To be removed',
  toBeRemovedHint: 'Everybody has had it for two weeks. Whoever develops Homeroom takes it out of the code.',
  expired: 'Expired',
  expiredHint: (day: string) =>
    `It was to be gone by ${formats.date(day)}. It serves as before until whoever develops Homeroom takes it out.`,
  guarded: 'The guard turned it off: the calls with it failed. See below how both sides did.',
  broken: 'Can’t be read',
  brokenHint: 'What is stored of it can’t be served by, so that each server serves what it read last. Save it anew.',
  ahead: (at: string) => `Off for everybody until ${formats.instant(at)}.`,
  facts: { name: 'Called', kind: 'Kind', answer: 'Answer', until: 'To be gone by', changed: 'Changed' },
  date: formats.date,
  changedBy: (at: string, name: string | null, isByGuard: boolean) =>
    isByGuard
      ? `${formats.instant(at)}, by the guard`
      : name === null
        ? `${formats.instant(at)}, by whoever keeps this server`
        : `${formats.instant(at)}, by ${name}`,
  form: form(formats),
  sees: sees(formats),
  sides: sides(formats),
  history: history(formats),
})
